//! The `bestow` program.
fn main() {}
