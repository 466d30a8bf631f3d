//! What a sentence asks somebody to do. What stands in “curly quotes” is on the screen, what stands between backticks is typed.

use super::super::Act;

/// One thing that a sentence says.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Instruction {
    /// Do this.
    Do(Act),
    /// This is to be seen.
    Expect(String),
    /// Choose anybody where users are shown, but not this.
    ChooseSomebodyUnlessShown(String),
    /// Click this where it is shown.
    ClickIfShown(String),
    /// Give the recovery key.
    GiveTheKey,
    /// Give it whenever it is asked for.
    GiveTheKeyWhenAsked,
    /// Give the Recovery Lock's password.
    GiveTheLockPassword,
    /// These accounts are shown.
    ExpectAccounts(Vec<String>),
    /// Give the account whose fields are open its password.
    SetThePassword,
    /// Give every account one, by the button of this name beside it.
    SetEveryPassword(String),
    /// Log in as this account.
    LogIn(String),
    /// When the Mac has refused, stop.
    StopIfRefused,
    /// Type this line, with the drive's name and the volume's in the place of `DRIVE` and `diskXsY`.
    Run(String),
    /// Look which volume has this role and this state of FileVault.
    FindVolume {
        /// What stands in brackets behind its name.
        role: String,
        /// What stands beside “FileVault:”.
        filevault: String,
    },
}

/// A sentence that says nothing known.
pub(super) struct NotUnderstood(pub(super) String);

/// Sentences that ask for nothing.
const NOTHING_TO_DO: &[&str] = &[
    "Have the key ready",
    "The Terminal's own window",
    "Leave the Mac on",
    "Bestow looks at it",
    "When its page shows",
    "Copy what is needed",
    "Bestow looks at the Mac again",
    "Without FileVault its passwords",
];

/// Sentences that end with a line for the Terminal.
const LINES: &[&str] = &[
    "Open the keychain with the private key",
    "Find the encrypted volume",
    "Open it: ",
    "Turn FileVault off on it",
];

/// What a step says, in its order.
pub(super) fn read(step: &str) -> Result<Vec<Instruction>, NotUnderstood> {
    let mut instructions = Vec::new();
    for sentence in sentences(step) {
        instructions.extend(sentence_says(sentence).ok_or_else(|| NotUnderstood(sentence.to_owned()))?);
    }
    Ok(instructions)
}

fn sentence_says(sentence: &str) -> Option<Vec<Instruction>> {
    let starts = |beginning: &str| sentence.starts_with(beginning);
    let quoted = between(sentence, '“', '”');
    let click = |label: &String| Instruction::Do(Act::click(label));
    let says = if starts("Shut the Mac down") {
        vec![Instruction::Do(Act::ShutDown)]
    } else if starts("Shut this Mac down, connect it to the other one, and turn it on with T held down") {
        vec![
            Instruction::Do(Act::ShutDown),
            Instruction::Do(Act::ConnectToAnotherMac),
            Instruction::Do(Act::TurnOnHoldingT),
            Instruction::Expect("Target Disk Mode".to_owned()),
        ]
    } else if starts("On the other Mac, connect the external drive and open the Terminal") {
        vec![
            Instruction::Do(Act::ConnectDrive),
            Instruction::Do(Act::OpenTerminal),
        ]
    } else if starts("Connect the external drive") {
        vec![Instruction::Do(Act::ConnectDrive)]
    } else if LINES.iter().any(|beginning| starts(beginning)) {
        let lines = between(sentence, '`', '`');
        lines.into_iter().map(Instruction::Run).collect()
    } else if (starts("Its line ends in") || starts("It has the role"))
        && sentence.contains("its FileVault is")
    {
        let [role, filevault]: [String; 2] = between(sentence, '`', '`').try_into().ok()?;
        let role = role.trim_matches(['(', ')']).to_owned();
        vec![Instruction::FindVolume { role, filevault }]
    } else if starts("Eject the disk") && sentence.contains("restart this Mac") {
        vec![Instruction::Do(Act::ShutDown), Instruction::Do(Act::TurnOn)]
    } else if starts("Press and hold the power button") {
        let seen = quoted.into_iter().map(Instruction::Expect);
        [Instruction::Do(Act::HoldPowerButton)]
            .into_iter()
            .chain(seen)
            .collect()
    } else if starts("Turn it on and at once hold Command (⌘) and R") {
        vec![Instruction::Do(Act::TurnOnHoldingCommandR)]
    } else if starts("If the Mac shows users but no") && sentence.contains("choose any user") {
        quoted
            .into_iter()
            .map(Instruction::ChooseSomebodyUnlessShown)
            .collect()
    } else if starts("If you see") && sentence.contains("click it") {
        quoted.into_iter().map(Instruction::ClickIfShown).collect()
    } else if starts("If the Mac asks for the recovery key") {
        vec![Instruction::GiveTheKeyWhenAsked]
    } else if starts("If the Mac refuses") && sentence.contains("stop") {
        vec![Instruction::StopIfRefused]
    } else if starts("Enter the recovery key and press Return") {
        vec![Instruction::GiveTheKey]
    } else if starts("Enter the Recovery Lock password and press Return") {
        vec![Instruction::GiveTheLockPassword]
    } else if starts("Type ") && sentence.contains("press Return") {
        between(sentence, '`', '`')
            .into_iter()
            .map(|line| Instruction::Do(Act::TypeLine(line)))
            .collect()
    } else if starts("There are several accounts") {
        let names = sentence.split_once(": ")?.1.trim_end_matches('.');
        vec![Instruction::ExpectAccounts(
            names.split(", ").map(str::to_owned).collect(),
        )]
    } else if starts("For each, click") {
        quoted.into_iter().map(Instruction::SetEveryPassword).collect()
    } else if starts("The only account, ") {
        let name = sentence
            .trim_start_matches("The only account, ")
            .split(',')
            .next()?;
        vec![Instruction::Expect(name.to_owned())]
    } else if starts("Enter a new password for it, twice") {
        vec![Instruction::SetThePassword]
    } else if starts("Click ") || starts("In the menu bar choose ") {
        quoted.iter().map(click).collect()
    } else if starts("Log in as ") {
        let rest = sentence.trim_start_matches("Log in as ");
        let (name, _) = rest.split_once(" with the new password")?;
        vec![Instruction::LogIn(name.to_owned())]
    } else if starts("The “") && sentence.contains("window opens") {
        quoted.into_iter().map(Instruction::Expect).collect()
    } else if NOTHING_TO_DO.iter().any(|beginning| starts(beginning)) {
        return Some(Vec::new());
    } else {
        Vec::new()
    };
    (!says.is_empty()).then_some(says)
}

/// The sentences of a step. A full stop within a name ends none.
fn sentences(step: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = step.trim();
    while let Some(end) = end_of_sentence(rest) {
        found.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    if !rest.is_empty() {
        found.push(rest);
    }
    found
}

fn end_of_sentence(text: &str) -> Option<usize> {
    let ends = text.match_indices(". ").map(|(at, _)| at + 1);
    ends.into_iter()
        .find(|end| text[*end..].trim_start().starts_with(char::is_uppercase))
}

fn between(text: &str, open: char, close: char) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(open) {
        let Some((inside, beyond)) = after.split_once(close) else {
            break;
        };
        found.push(inside.to_owned());
        rest = beyond;
    }
    found
}
