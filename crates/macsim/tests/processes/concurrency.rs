use macsim::scenario::Situation;

use super::support::{TestMac, finish, stderr};

#[test]
fn sixteen_tools_at_once_lose_nothing() {
    let mac = TestMac::new(Situation::Healthy);
    let names: Vec<String> = (0..16).map(|number| format!("user{number}")).collect();

    let children: Vec<_> = names
        .iter()
        .map(|name| {
            mac.command(
                "sysadminctl",
                &["-addUser", name, "-fullName", name, "-password", "Longer-than-4"],
            )
        })
        .map(|mut command| command.spawn().unwrap())
        .collect();
    for child in children {
        assert!(stderr(&finish(child, "")).contains("Assigning UID"));
    }
    let state = mac.home.load().unwrap();
    let mut uids: Vec<i64> = names
        .iter()
        .map(|name| state.directory.user(name).unwrap().uid())
        .collect();
    uids.sort_unstable();
    uids.dedup();
    assert_eq!(uids.len(), 16, "every account has a number of its own");

    let children: Vec<_> = names
        .iter()
        .map(|name| {
            let args = [
                "-secureTokenOn",
                name,
                "-password",
                "-",
                "-adminUser",
                "ada",
                "-adminPassword",
                "-",
            ];
            mac.command("sysadminctl", &args).spawn().unwrap()
        })
        .collect();
    let input = format!("{}\nLonger-than-4\n", mac.password("ada"));
    for child in children {
        assert!(stderr(&finish(child, &input)).contains("- Done!"));
    }
    let state = mac.home.load().unwrap();
    for name in &names {
        assert!(mac.is_holder(name));
        assert_eq!(state.effects.accounts[name].granted, 1);
    }
    assert_eq!(
        mac.home.calls().unwrap().len(),
        2 * 32,
        "every call left its two lines"
    );
}
