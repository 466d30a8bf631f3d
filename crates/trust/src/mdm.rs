//! Which MDM a Mac is registered with.
//!
//! macOS tells the address of the MDM's server and nothing else of it. The vendor is recognised by that address, where it
//! is one of the vendor's own; who runs a server of their own is told by the address alone.

use crate::fact::Fact;
use crate::observation::MdmEnrolment;

/// That there is no second one, for people.
pub const ONE_MDM_ONLY: &str = "A Mac has one MDM only: to register it with another, the present one has to release it first, and \
                                everything that it manages on the Mac ends.";

/// Domains of vendors' own servers. A server whose name is one of them, or ends in one after a full stop, is the vendor's.
const VENDORS: [(&str, &str); 17] = [
    ("addigy.com", "Addigy"),
    ("awmdm.com", "Omnissa Workspace ONE"),
    ("fleetdm.com", "Fleet"),
    ("hexnodemdm.com", "Hexnode"),
    ("iru.com", "Iru"),
    ("jamfcloud.com", "Jamf"),
    ("jumpcloud.com", "JumpCloud"),
    ("kandji.io", "Iru (Kandji)"),
    ("manage.microsoft.com", "Microsoft Intune"),
    ("manageengine.com", "ManageEngine"),
    ("meraki.com", "Cisco Meraki"),
    ("miradore.com", "Miradore"),
    ("mobileiron.com", "Ivanti"),
    ("mosyle.com", "Mosyle"),
    ("rippling.com", "Rippling"),
    ("simplemdm.com", "SimpleMDM"),
    ("swif.ai", "Swif"),
];

/// Which MDM a Mac is registered with, as far as macOS tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registered<'a> {
    /// The Mac did not tell.
    Unknown {
        /// Why, for people.
        why: &'a str,
    },
    /// With none.
    Nobody,
    /// With one.
    With {
        /// Its vendor, where the address is one of the vendor's own.
        vendor: Option<&'static str>,
        /// The name of its server, where macOS tells it.
        host: Option<&'a str>,
    },
}

impl<'a> Registered<'a> {
    /// What the Mac told.
    pub fn of(fact: &'a Fact<MdmEnrolment>) -> Self {
        match fact {
            Fact::Unknown { why, .. } => Self::Unknown { why },
            Fact::Known { value, .. } if !value.enrolled => Self::Nobody,
            Fact::Known { value, .. } => {
                let host = value.server_url.as_deref().and_then(host_of);
                Self::With {
                    vendor: host.and_then(vendor_of),
                    host,
                }
            }
        }
    }

    /// Whom it is, in a few words, for people.
    pub fn words(self) -> String {
        match self {
            Self::Unknown { why } => format!("unknown: {why}"),
            Self::Nobody => "registered with none".to_owned(),
            Self::With {
                vendor: Some(vendor), ..
            } => vendor.to_owned(),
            Self::With {
                vendor: None,
                host: Some(host),
            } => format!("the server {host}"),
            Self::With {
                vendor: None,
                host: None,
            } => "one whose address macOS does not tell".to_owned(),
        }
    }

    /// How that is known, for people.
    pub fn how(self) -> &'static str {
        match self {
            Self::Unknown { .. } | Self::Nobody => "as macOS tells it",
            Self::With { vendor: Some(_), .. } => "recognised by the address of its server",
            Self::With {
                vendor: None,
                host: Some(_),
            } => "macOS tells the address only, and it is none of a vendor that Bestow knows",
            Self::With {
                vendor: None,
                host: None,
            } => "macOS tells that there is one, and not which",
        }
    }
}

/// The name of the server in an address such as `https://mdm.example.com:8443/mdm`; `None` when it is no such address.
fn host_of(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let server = authority.rsplit('@').next()?;
    let host = server.split(':').next()?;
    (!host.is_empty()).then_some(host)
}

fn vendor_of(host: &str) -> Option<&'static str> {
    let host = host.to_ascii_lowercase();
    let is_of = |domain: &str| {
        host.strip_suffix(domain)
            .is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    VENDORS
        .into_iter()
        .find(|(domain, _)| is_of(domain))
        .map(|(_, vendor)| vendor)
}
