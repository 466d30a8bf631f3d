//! What is drawn, and what comes of typing.

use trust::code::Code;
use utility_protocol::message::{Ended, Need};

use super::agent::{FakeAgent, people};
use super::program::Program;
use super::screen::{Colour, Screen};

/// What one appearance looks like.
struct Look {
    name: &'static str,
    paper: Colour,
    /// Of the button, once it can be pressed.
    accent: Colour,
    behind_bad: Colour,
}

const LIGHT: Look = Look {
    name: "light",
    paper: [250, 250, 250],
    accent: [0, 88, 190],
    behind_bad: [253, 236, 234],
};

const DARK: Look = Look {
    name: "dark",
    paper: [30, 30, 30],
    accent: [90, 165, 255],
    behind_bad: [62, 32, 30],
};

fn somebody_types_a_wrong_password(look: &Look) {
    let (root, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let need = Need::Needed { obstacle: None };
    let end = Ended::with(Code::AdministratorWrongPassword);
    let agent = FakeAgent::listen(root.path(), need, people(), end);
    let screen = Screen::start();
    let program = Program::start(&screen, root.path(), home.path(), look.name);

    screen.wait_for(look.paper, 200_000);
    let planted = "orchid-77-at-the-screen";
    screen.types(planted);
    screen.wait_for(look.accent, 1_500);
    screen.picture(&format!("typed-{}", look.name));
    screen.presses_return();
    assert_eq!(agent.hears(), ("ada".to_owned(), planted.to_owned()));
    screen.wait_for(look.behind_bad, 20_000);
    screen.picture(&format!("refused-{}", look.name));

    let seen = program.seen_from_outside();
    let shown = String::from_utf8_lossy(&seen);
    assert!(shown.contains("DISPLAY="), "{shown}");
    assert!(!shown.contains(planted), "{shown}");
}

#[test]
fn it_is_used_in_the_light() {
    somebody_types_a_wrong_password(&LIGHT);
}

#[test]
fn it_is_used_in_the_dark() {
    somebody_types_a_wrong_password(&DARK);
}

#[test]
fn where_nobody_can_help_that_is_drawn() {
    let (root, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let need = Need::Needed {
        obstacle: Some(Code::ChainBroken),
    };
    let never = Ended::with(Code::InternalError);
    let _agent = FakeAgent::listen(root.path(), need, people(), never);
    let screen = Screen::start();
    let _program = Program::start(&screen, root.path(), home.path(), LIGHT.name);
    screen.wait_for(LIGHT.behind_bad, 20_000);
    screen.picture("nobody-light");
}
