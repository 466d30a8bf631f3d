//! Whose enrolment data is meant: by name, serial number or id, and of a Mac that is still to come.

use macsim::scenario::Situation;

use crate::support::site::Site;

#[test]
fn a_mac_is_named_as_everywhere_and_a_word_that_none_has_is_no_serial_number_by_itself() {
    let site = Site::healthy(911);
    let serial_number = site.mac.serial_number();
    let id = site.run(&["devices", "--json"]).with_exit(0).json()["items"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let data =
        |verb: &str, mac: &str, more: &[&str]| site.run(&[&["enrolment-data", verb, mac], more].concat());
    data("set", "Healthy", &["--username", "ben"])
        .with_exit(0)
        .says(&[&serial_number, "ben"]);
    for mac in ["healthy", &id, &serial_number.to_lowercase()] {
        let shown = data("show", mac, &["--json"]).with_exit(0).json();
        assert_eq!(shown["serial_number"], serial_number.as_str());
        data("link", mac, &[]).with_exit(0).says(&[
            &format!("the person of healthy ({serial_number}) alone"),
            "takes one answer",
        ]);
    }

    for (verb, more) in [
        ("set", &["--username", "eve"][..]),
        ("link", &[]),
        ("show", &[]),
        ("forget", &[]),
    ] {
        let refused = data(verb, "helthy", more).with_exit(2);
        refused.says(&["No Mac", "has the name or serial number \"helthy\""]);
    }
    data("set", "helthy", &["--username", "eve"])
        .with_exit(2)
        .says(&["--not-enrolled", "Nothing was sent"]);
    data("set", "healthy", &["--username", "eve", "--not-enrolled"])
        .with_exit(2)
        .says(&["names a Mac that has enrolled", &serial_number]);
    let kept = site
        .run(&["enrolment-data", "list", "--json"])
        .with_exit(0)
        .json();
    assert_eq!(kept["items"].as_array().unwrap().len(), 1, "{kept}");

    data("set", "C02LATER", &["--username", "eve", "--not-enrolled"])
        .with_exit(0)
        .says(&["C02LATER", "not enrolled yet"]);
    // Something is kept for it, so it is known.
    data("set", "c02later", &["--full-name", "Eve"]).with_exit(0);
    data("forget", "C02LATER", &[])
        .with_exit(0)
        .says(&["Nothing is known of who uses C02LATER any more"]);
    data("forget", "healthy", &[])
        .with_exit(0)
        .says(&[&format!("who uses healthy ({serial_number})")]);
}

#[test]
fn a_dry_run_of_a_table_that_would_be_refused_says_so_and_fails() {
    let site = Site::not_enrolled(Situation::Healthy, 912, "info");
    let import = |more: &[&str], table: &str| {
        site.run_with(&[&["enrolment-data", "import"], more, &["-"]].concat(), table)
    };
    let bad = "serial_number,username,email\nC02A,ada,\nC02B,a/b,nobody\n";
    let refused = import(&["--dry-run"], bad).with_exit(2);
    assert!(!refused.flat().contains("would be made"), "{}", refused.flat());
    refused.says(&[
        "3 username It is a record name",
        "3 email It is an e-mail address",
        "Nothing would be saved: 1 line cannot be taken",
        "--skip-bad-lines",
    ]);
    let json = import(&["--dry-run", "--json"], bad).with_exit(2).json();
    assert_eq!(json["refused"], true);
    import(&["--dry-run", "--skip-bad-lines"], bad)
        .with_exit(0)
        .says(&["1 record would be made", "3 username"]);

    for more in [&["--dry-run"][..], &[]] {
        import(more, "serial_number,Full Name\nC02A,Ada\n")
            .with_exit(2)
            .says(&[
                "1 2 \"Full Name\" It is serial_number, username, full_name, email, account or password",
            ]);
    }
    let kept = site
        .run(&["enrolment-data", "list", "--json"])
        .with_exit(0)
        .json();
    assert_eq!(kept["items"].as_array().unwrap().len(), 0, "{kept}");
}
