//! Which MDM a Mac is registered with, as far as macOS tells.

use trust::fact::Fact;
use trust::mdm::Registered;
use trust::observation::MdmEnrolment;

use crate::support::{known, unknown};

fn enrolled(server_url: Option<&str>) -> Fact<MdmEnrolment> {
    known(MdmEnrolment {
        enrolled: true,
        user_approved: true,
        automated: false,
        server_url: server_url.map(str::to_owned),
    })
}

fn words(server_url: Option<&str>) -> String {
    Registered::of(&enrolled(server_url)).words()
}

#[test]
fn a_vendor_is_recognised_by_the_address_of_its_own_servers() {
    for (address, vendor) in [
        ("https://acme.jamfcloud.com//mdm/ServerURL", "Jamf"),
        (
            "https://i.manage.microsoft.com/DeviceGatewayProxy/ioshandler.ashx",
            "Microsoft Intune",
        ),
        ("https://A.SimpleMDM.com/mdm", "SimpleMDM"),
        ("https://mdm.example.kandji.io:443/mdm", "Iru (Kandji)"),
    ] {
        assert_eq!(words(Some(address)), vendor);
    }
}

#[test]
fn a_name_that_only_looks_like_a_vendors_is_none() {
    for (address, host) in [
        ("https://mdm.example.com/mdm", "mdm.example.com"),
        ("https://notjamfcloud.com/mdm", "notjamfcloud.com"),
        (
            "https://jamfcloud.com.example.org/mdm",
            "jamfcloud.com.example.org",
        ),
        ("https://mdm.example.org/jamfcloud.com", "mdm.example.org"),
    ] {
        assert_eq!(words(Some(address)), format!("the server {host}"));
        let fact = enrolled(Some(address));
        assert!(
            Registered::of(&fact)
                .how()
                .contains("none of a vendor that Bestow knows")
        );
    }
}

#[test]
fn what_macos_does_not_tell_is_said() {
    for address in [None, Some("nonsense"), Some("https:///mdm")] {
        assert_eq!(words(address), "one whose address macOS does not tell");
    }
    let none = known(MdmEnrolment {
        enrolled: false,
        user_approved: false,
        automated: false,
        server_url: None,
    });
    assert_eq!(Registered::of(&none), Registered::Nobody);
    assert!(Registered::of(&unknown()).words().starts_with("unknown: "));
}
