use super::support::{add, golden, mac, run_call};

#[test]
fn membership_tools_answer_in_their_own_ways() {
    let mut mac = mac("15.2");
    add(&mut mac, "U", "U", "p", false);
    let check = ["-o", "checkmember", "-m", "U", "admin"];
    let no = run_call(&mut mac, "dseditgroup", &check);
    assert_eq!(
        (no.stdout, no.exit),
        (golden("dseditgroup__checkmember_no.txt"), 67)
    );
    let util = ["checkmembership", "-U", "U", "-G", "admin"];
    let no = run_call(&mut mac, "dsmemberutil", &util);
    assert_eq!((no.stdout, no.exit), (golden("dsmemberutil__not_member.txt"), 0));
    let edit = run_call(
        &mut mac,
        "dseditgroup",
        &["-o", "edit", "-a", "U", "-t", "user", "admin"],
    );
    assert_eq!(
        (edit.stdout.as_str(), edit.stderr.as_str(), edit.exit),
        ("", "", 0)
    );
    let yes = run_call(&mut mac, "dseditgroup", &check);
    assert_eq!(
        (yes.stdout, yes.exit),
        (golden("dseditgroup__checkmember_yes.txt"), 0)
    );
    let yes = run_call(&mut mac, "dsmemberutil", &util);
    assert_eq!((yes.stdout, yes.exit), (golden("dsmemberutil__member.txt"), 0));
    let nobody = run_call(
        &mut mac,
        "dsmemberutil",
        &["checkmembership", "-U", "X", "-G", "admin"],
    );
    assert_eq!((nobody.stdout.as_str(), nobody.exit), ("User not found\n", 7));
}

#[test]
fn id_lists_the_primary_group_first() {
    let mut mac = mac("26.0");
    add(&mut mac, "user1", "One", "p", false);
    add(&mut mac, "user2", "Two", "p", false);
    let staff = ["everyone", "localaccounts", "_lpoperator", "staff"];
    mac.directory
        .groups
        .retain(|group| staff.contains(&group.name()) || group.name() == "admin");
    let mut groups = Vec::new();
    for (name, gid) in [
        ("developers", 700),
        ("admins", 702),
        ("everyone", 12),
        ("localaccounts", 61),
        ("com.apple.sharepoint.group.1", 701),
        ("_lpoperator", 100),
    ] {
        let mut group = macsim::model::group::Group::new(name, name, gid, &mut mac.random);
        group.attributes.merge("GroupMembership", "user2");
        groups.push(group);
    }
    mac.directory.groups.retain(|group| group.name() == "staff");
    mac.directory.groups.extend(groups);
    assert_eq!(
        run_call(&mut mac, "id", &["user2"]).stdout,
        golden("id__two_groups__26.txt")
    );
    let nobody = run_call(&mut mac, "id", &["X"]);
    assert_eq!((nobody.stderr, nobody.exit), (golden("id__no_such_user.txt"), 1));
}
