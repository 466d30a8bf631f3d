//! The other side of the test shares no code with what it tests.

#[test]
fn no_crate_of_the_product_is_used() {
    let manifest = include_str!("../Cargo.toml");
    let workspace = include_str!("../../../Cargo.toml");
    let ours: Vec<&str> = workspace
        .lines()
        .filter(|line| line.contains("path = \"crates/"))
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert!(ours.contains(&"trust") && ours.contains(&"mac"));
    for line in manifest.lines() {
        let name = line.split(['.', ' ']).next().unwrap_or_default();
        assert!(!ours.contains(&name), "the simulator depends on {name}");
    }
}
