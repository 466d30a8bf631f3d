use macsim::tools::run;

use super::support::{add, add_holder, call, golden, mac, run_at_golden, run_call};

#[test]
fn a_missing_default_is_reported_on_two_lines() {
    let golden = golden("defaults__missing_key__26.5.2.txt");
    let mut mac = mac("26.5.2");
    let read = ["read", "com.apple.screensaver", "idleTime"];
    let output = run_at_golden(&mut mac, &golden, "defaults", &read);
    assert_eq!((output.stderr, output.exit), (golden, 1));
    let file = "/Library/Preferences/com.apple.loginwindow";
    run_call(
        &mut mac,
        "defaults",
        &["write", file, "HiddenUsersList", "-array-add", "_svc"],
    );
    run_call(
        &mut mac,
        "defaults",
        &["write", file, "DisableFDEAutoLogin", "-bool", "true"],
    );
    assert_eq!(
        run_call(&mut mac, "defaults", &["read", file, "HiddenUsersList"]).stdout,
        "_svc\n"
    );
    assert_eq!(
        run_call(
            &mut mac,
            "defaults",
            &["read", "com.apple.loginwindow", "DisableFDEAutoLogin"]
        )
        .stdout,
        "1\n"
    );
}

#[test]
fn keychain_items_come_and_go() {
    let mut mac = mac("15.2");
    let keychain = "/Library/Keychains/System.keychain";
    let find = ["find-generic-password", "-s", "S", "-a", "A", "-w", keychain];
    let output = run_call(&mut mac, "security", &find);
    assert_eq!(
        (output.stderr, output.exit),
        (golden("security__keychain_item_missing.txt"), 44)
    );
    let add = call(
        "security",
        &["add-generic-password", "-a", "A", "-s", "S", "-U", keychain, "-w"],
    );
    assert_eq!(run(&mut mac, &add.stdin("from a pipe\n")).exit, 0);
    assert_eq!(run_call(&mut mac, "security", &find).stdout, "from a pipe\n");
    let again = ["add-generic-password", "-a", "A", "-s", "S", "-w", "x", keychain];
    assert_eq!(run_call(&mut mac, "security", &again).exit, 45);
    assert_eq!(
        run_call(
            &mut mac,
            "security",
            &["delete-generic-password", "-s", "S", keychain]
        )
        .exit,
        0
    );
    assert_eq!(run_call(&mut mac, "security", &find).exit, 44);
}

#[test]
fn security_reads_commands_from_a_pipe_and_says_that_all_is_well() {
    let mut mac = mac("15.2");
    let keychain = "/Library/Keychains/System.keychain";
    let secret = r#"it's $PATH %s \ "quoted""#;
    let quoted = secret.replace('\\', r"\\").replace('"', "\\\"");
    let commands = format!(
        "add-generic-password -U -a \"A\" -s \"S\" -w \"{quoted}\" \"{keychain}\"\n\
         delete-generic-password -s nothing {keychain}\n"
    );
    let output = run(&mut mac, &call("security", &["-i"]).stdin(commands));
    assert_eq!(output.exit, 0);
    assert_eq!(output.stderr, golden("security__keychain_item_missing.txt"));
    let find = ["find-generic-password", "-s", "S", "-a", "A", "-w", keychain];
    assert_eq!(
        run_call(&mut mac, "security", &find).stdout,
        format!("{secret}\n")
    );
}

#[test]
fn launchctl_stops_what_runs() {
    let mut mac = mac("15.2");
    let path = "/Library/LaunchDaemons/com.example.agent.plist";
    assert_eq!(
        run_call(&mut mac, "launchctl", &["bootstrap", "system", path]).exit,
        0
    );
    mac.launchd.stopping.insert("com.example.agent".to_owned());
    let output = run_call(&mut mac, "launchctl", &["bootout", "system/com.example.agent"]);
    assert_eq!(
        (output.stderr, output.exit),
        (golden("launchctl__bootout_in_progress.txt"), 36)
    );
    mac.launchd.stopping.clear();
    assert_eq!(
        run_call(&mut mac, "launchctl", &["bootout", "system", path]).exit,
        0
    );
    assert_eq!(
        run_call(&mut mac, "launchctl", &["print", "system/com.example.agent"]).exit,
        113
    );
    let output = run_call(&mut mac, "launchctl", &["reboot", "logout"]);
    assert_eq!(
        (output.stderr, output.exit),
        (golden("launchctl__logout_unsupported.txt"), 125)
    );
}

#[test]
fn the_security_policy_of_apple_silicon() {
    let golden_policy = golden("bputil__display_policy__12.1.txt");
    let output = run_call(&mut mac("12.1"), "bputil", &["-d"]);
    let ours: Vec<String> = output.stdout.lines().map(masked).collect();
    let theirs: Vec<String> = golden_policy.lines().map(masked).collect();
    assert_eq!((ours, output.exit), (theirs, 0));
    let mut intel = mac("10.15.7");
    let output = run_call(&mut intel, "bputil", &["-d"]);
    assert_eq!(output.stderr, golden("bputil__intel.txt"));
    assert_ne!(output.exit, 0);
}

/// The capture hides what identifies its Mac; the same fields are hidden in ours.
fn masked(line: &str) -> String {
    const OF_THIS_MAC: &[&str] = &[
        "(lpnh)",
        "(rpnh)",
        "(ronh)",
        "(ECID)",
        "(vuid)",
        "(kuid)",
        "(nsih)",
        "(love)",
        "Local policy for volume group",
    ];
    if OF_THIS_MAC.iter().any(|field| line.contains(field)) {
        let cut = line
            .find("):")
            .map_or("Local policy for volume group".len(), |end| end + 2);
        return line[..cut].to_owned();
    }
    line.to_owned()
}

#[test]
fn smart_cards_need_a_token() {
    let mut mac = mac("14.5");
    add_holder(&mut mac, "ada", "Ada", "first", true);
    add(&mut mac, "mliebreich", "M", "pw", false);
    let output = run_call(
        &mut mac,
        "sc_auth",
        &["filevault", "-o", "enable", "-u", "mliebreich", "-h", "ABC"],
    );
    assert_eq!(output.stderr, golden("sc_auth__token_needed__14.txt"));
    assert_ne!(output.exit, 0);
}

#[test]
fn the_mdm_client_knows_whether_the_bootstrap_token_works() {
    let mut mac = mac("13.3");
    add_holder(&mut mac, "ada", "Ada", "first", true);
    let preflight = |mac: &mut macsim::Mac| {
        let output = run_call(mac, "mdmclient", &["QueryDeviceInformation"]);
        output
            .stdout
            .lines()
            .find(|line| line.contains("EACSPreflight"))
            .map(|line| format!("{line}\n"))
    };
    let success = golden("mdmclient__eacspreflight_success__13.3plus.txt");
    assert_ne!(preflight(&mut mac), Some(success.clone()));
    mac.mdm.enrolled = true;
    mac.mdm.bootstrap_token_supported = true;
    run_call(
        &mut mac,
        "profiles",
        &[
            "install",
            "-type",
            "bootstraptoken",
            "-user",
            "ada",
            "-password",
            "first",
        ],
    );
    assert_eq!(preflight(&mut mac), Some(success));
}

#[test]
fn who_sits_at_the_mac_and_what_it_is() {
    let mut mac = mac("15.2");
    add(&mut mac, "ada", "Ada", "pw", true);
    let show = call("scutil", &[]).stdin("show State:/Users/ConsoleUser\n");
    assert!(run(&mut mac, &show).stdout.contains("Name : loginwindow"));
    mac.session.console_user = Some("ada".to_owned());
    assert!(
        run(&mut mac, &show)
            .stdout
            .contains("  Name : ada\n  UID : 501\n")
    );
    assert_eq!(
        run_call(&mut mac, "stat", &["-f%Su", "/dev/console"]).stdout,
        "ada\n"
    );

    let profile = run_call(&mut mac, "system_profiler", &["-json", "SPHardwareDataType"]).stdout;
    let profile: serde_json::Value = serde_json::from_str(&profile).unwrap();
    let hardware = &profile["SPHardwareDataType"][0];
    assert_eq!(hardware["serial_number"], mac.hardware.serial.as_str());
    assert_eq!(hardware["chip_type"], "Apple M2");
    let registry = run_call(&mut mac, "ioreg", &["-rd1", "-c", "IOPlatformExpertDevice"]).stdout;
    assert!(registry.contains(&format!(
        "\"IOPlatformSerialNumber\" = \"{}\"",
        mac.hardware.serial
    )));
    assert!(registry.contains(&format!("\"IOPlatformUUID\" = \"{}\"", mac.hardware.uuid)));
    assert_eq!(run_call(&mut mac, "uname", &["-m"]).stdout, "arm64\n");
    assert_eq!(
        run_call(&mut mac, "sysctl", &["-n", "hw.optional.arm64"]).stdout,
        "1\n"
    );
    let mut intel = super::support::mac("10.15.7");
    assert_eq!(
        run_call(&mut intel, "sysctl", &["-n", "hw.optional.arm64"]).exit,
        1
    );
}
