//! A Mac is forgotten, and what the vault keeps of it is found by its serial number.

use macsim::rules::recovery_key::is_valid;
use macsim::scenario::Situation;

use crate::support::site::Site;
use crate::support::wait;

#[test]
fn the_key_of_a_forgotten_mac_is_found_by_its_serial_number_and_opens_the_disk() {
    let site = Site::with(Situation::Healthy, 941, "info");
    let name = site.mac.name.clone();
    let rotate = [
        "recovery-key",
        "rotate",
        &name,
        "--administrator",
        "ada",
        "--password-stdin",
    ];
    site.run_with(&rotate, &format!("{}\n", site.mac.password("ada")))
        .with_exit(0);
    wait::until("a key that was proved", || {
        let shown = site.run(&["recovery-key", "show", &name, "--json"]).json();
        (shown["state"] == "held" && shown["proved_at"].is_i64()).then_some(())
    });
    let device = site.run(&["device", &name, "--json"]).with_exit(0).json();
    let serial_number = device["device"]["serial_number"].as_str().unwrap().to_owned();

    let forget = |typed: &str| {
        let said = [
            "forget",
            &name,
            "--confirm-device-name",
            typed,
            "--reason",
            "sold",
        ];
        site.run(&said)
    };
    let refused = forget("another");
    assert!(
        refused.err.contains("The name that was typed is not the Mac's"),
        "{refused:?}"
    );
    forget(&name).with_exit(0);
    let listed = site.run(&["devices", "--json"]).with_exit(0).json();
    assert_eq!(listed["items"], serde_json::json!([]));

    let lines = site
        .run(&["vault", "lines", "--without-device", "--json"])
        .with_exit(0)
        .json();
    assert_eq!(lines["items"][0]["serial_number"], serial_number.as_str());
    assert_eq!(lines["items"][0]["device_name"], name.as_str());
    let reveal = [
        "vault",
        "reveal",
        &serial_number,
        "--reason",
        "the buyer asks",
        "--json",
    ];
    let revealed = site.run(&reveal).with_exit(0).json();
    let key = revealed["secret"].as_str().unwrap();
    assert!(is_valid(&site.mac.home.load().unwrap(), key));
    let told = site.run(&["vault", "line", &serial_number]).with_exit(0).out;
    assert!(
        told.contains("the Mac was forgotten") && told.contains("sold"),
        "{told}"
    );
    assert!(!told.contains(key));
}
