use super::support::{golden, mac, run_call};

#[test]
fn sw_vers_with_and_without_arguments() {
    let mut ventura = mac("13.0");
    ventura.os_extra = Some("(a)".to_owned());
    assert_eq!(
        run_call(&mut ventura, "sw_vers", &[]).stdout,
        golden("sw_vers__all__13.0rsr.txt")
    );
    let mut tahoe = mac("26.5.2");
    for flag in ["-productVersion", "--productVersion"] {
        assert_eq!(
            run_call(&mut tahoe, "sw_vers", &[flag]).stdout,
            golden("sw_vers__productVersion__26.5.2.txt")
        );
    }
}

#[test]
fn the_console_belongs_to_root_at_the_login_window() {
    let mut mac = mac("15.2");
    assert_eq!(
        run_call(&mut mac, "stat", &["-f%Su", "/dev/console"]).stdout,
        golden("stat__console_user.txt")
    );
    assert_eq!(
        run_call(&mut mac, "stat", &["-f", "%Su", "/dev/console"]).stdout,
        golden("stat__console_user.txt")
    );
}
