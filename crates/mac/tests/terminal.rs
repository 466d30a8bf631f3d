//! The process runner with a terminal, against shell scripts that ask as `getpass` does.

mod support;

use std::time::Duration;

use mac::{Answer, Arg, Call, Exit, Feed, Prompt, PromptAnswer, Runner as _, Tool};
use secrecy::SecretString;
use support::FakeMac;

/// A shell function that asks on the terminal without echo, and leaves what was typed in `$typed`.
const ASK: &str =
    "ask() { stty -echo < /dev/tty; printf '%s' \"$1\" > /dev/tty; IFS= read -r typed < /dev/tty
    printf '\\n' > /dev/tty; }";

fn typed(prompt: Prompt, secret: &str) -> PromptAnswer {
    PromptAnswer::secret(prompt, SecretString::from(secret)).expect("a secret that can be typed")
}

fn run(script: &str, answers: impl IntoIterator<Item = PromptAnswer>) -> (FakeMac, Answer) {
    let mac = FakeMac::with(Tool::Dscl, &format!("{ASK}\n{script}"));
    let call = Call::new(Tool::Dscl, [Arg::from(".")])
        .feed(Feed::terminal(answers))
        .timeout(Duration::from_secs(30));
    let answer = mac.runner().run(&call).expect("an answer");
    (mac, answer)
}

fn transcript(answer: &Answer) -> String {
    answer
        .terminal
        .as_ref()
        .expect("a terminal")
        .transcript
        .text()
        .into_owned()
}

#[test]
fn a_prompt_is_answered_and_the_answer_is_not_in_the_transcript() {
    let script = "ask 'Password: '; echo \"$typed\" > $NOTES/typed; echo after; exit 10";
    let (mac, answer) = run(script, [typed(Prompt::is("Password:"), "or chid 🔑'\"$x")]);
    assert_eq!(mac.read_note("typed"), "or chid 🔑'\"$x\n");
    assert_eq!(transcript(&answer), "Password: \nafter\n");
    assert_eq!((answer.exit, answer.answered()), (Exit::Code(10), 1));
}

#[test]
fn a_tool_that_echoes_the_secret_does_not_bring_it_back() {
    let script = "stty echo < /dev/tty; printf 'Password: '; read -r typed; echo \"you typed $typed\"";
    let (_mac, answer) = run(script, [typed(Prompt::is("Password:"), "orchid-7")]);
    assert!(transcript(&answer).contains("you typed <secret>"));
    assert!(!transcript(&answer).contains("orchid"));
}

#[test]
fn two_prompts_get_their_own_answers() {
    let script = "ask 'Enter password for bob :'; echo \"bob $typed\" >> $NOTES/typed
                  ask 'Enter password for ann :'; echo \"ann $typed\" >> $NOTES/typed";
    let answers =
        ["ann", "bob"].map(|name| typed(Prompt::password_of(name).or_any_password(), &format!("{name}'s")));
    let (mac, answer) = run(script, answers);
    assert_eq!(mac.read_note("typed"), "bob bob's\nann ann's\n");
    assert_eq!(answer.answered(), 2);
}

#[test]
fn a_tool_that_asks_again_is_stopped_instead_of_tried_again() {
    let script = "while :; do ask 'Password: '; echo \"$typed\" >> $NOTES/typed; done";
    let (mac, answer) = run(script, [typed(Prompt::is("Password:"), "wrong")]);
    assert_eq!(mac.read_note("typed"), "wrong\n");
    assert_eq!(answer.exit, Exit::Signal(15));
    assert!(answer.terminal.is_some_and(|terminal| terminal.asked_too_much));
}

#[test]
fn a_secret_of_the_longest_length_arrives_whole() {
    let longest = "é".repeat(64);
    let (mac, _) = run(
        "ask 'Password: '; echo \"$typed\" > $NOTES/typed",
        [typed(Prompt::is("Password:"), &longest)],
    );
    assert_eq!(mac.read_note("typed"), format!("{longest}\n"));
}

#[test]
fn a_tool_that_asks_nothing_is_told_nothing() {
    let (_mac, answer) = run("echo no question", [typed(Prompt::is("Password:"), "orchid-7")]);
    assert_eq!(
        (answer.answered(), transcript(&answer).as_str()),
        (0, "no question\n")
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_typed_secret_is_neither_in_the_arguments_nor_in_the_environment() {
    let script = "ask 'Password: '; tr '\\0' '\\n' < /proc/$$/cmdline > $NOTES/seen
                  tr '\\0' '\\n' < /proc/$$/environ >> $NOTES/seen";
    let (mac, _) = run(script, [typed(Prompt::is("Password:"), "orchid-7")]);
    assert!(!mac.read_note("seen").contains("orchid"));
    assert!(mac.read_note("seen").contains("TERM=dumb"));
}
