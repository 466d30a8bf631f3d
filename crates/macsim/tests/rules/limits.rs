//! How long a password may be on its way into a tool.

use macsim::rules::change_password::change_password;
use macsim::rules::set_password::set_password;
use macsim::tools::invocation::Invocation;
use macsim::tools::{Tool, run};

use super::support::{AT, ada_and_ben, holders, message, switch, who};

#[test]
fn a_piped_granter_password_has_1022_bytes_and_its_overflow_is_blamed_on_the_other() {
    for (length, works) in [(1022, true), (1023, false), (2000, false)] {
        let mut builder = ada_and_ben("12.5");
        let (ada, ben) = (builder.password("ada").unwrap(), builder.password("ben").unwrap());
        let long = "x".repeat(length);
        change_password(builder.mac(), "ada", &ada, &long, AT).unwrap();
        let output = switch(
            builder.mac(),
            "-secureTokenOn",
            who("ada", &long),
            who("ben", &ben),
        );
        if works {
            assert_eq!(message(&output), "- Done!");
        } else {
            assert!(message(&output).contains("Code=5000"), "{length}");
        }
        assert_eq!(holders(builder.mac()).contains(&"ben"), works);
    }
}

#[test]
fn high_sierra_takes_one_byte_more() {
    let mut builder = ada_and_ben("10.13.6");
    let (ada, ben) = (builder.password("ada").unwrap(), builder.password("ben").unwrap());
    let long = "x".repeat(1023);
    change_password(builder.mac(), "ada", &ada, &long, AT).unwrap();
    assert_eq!(
        message(&switch(
            builder.mac(),
            "-secureTokenOn",
            who("ada", &long),
            who("ben", &ben)
        )),
        "- Done!"
    );
}

#[test]
fn a_terminal_takes_128_bytes() {
    for (length, exit) in [(128, 0), (129, 10)] {
        let mut builder = ada_and_ben("15.2");
        let long = "x".repeat(length);
        set_password(builder.mac(), who("ben", &long), AT).unwrap();
        let call = Invocation::new(Tool::named("dscl").unwrap(), [".", "-authonly", "ben"]).typed([long]);
        assert_eq!(run(builder.mac(), &call).exit, exit, "{length} bytes");
    }
}
