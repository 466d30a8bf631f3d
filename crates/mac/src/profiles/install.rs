//! `profiles install -type bootstraptoken`.

use std::time::Duration;

use crate::text::excerpt;
use crate::{Answer, Call, Credential, Error, Feed, Prompt, PromptAnswer, Runner, Tool, Unfeedable};

/// It talks to the MDM.
const TIMEOUT: Duration = Duration::from_secs(120);

/// What the tool says to making and escrowing a bootstrap token. A claim: read the status back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BootstrapTokenClaim {
    /// It says that the MDM has it.
    SaysEscrowed,
    /// It says that it made it, and not that the MDM has it.
    SaysMadeOnly,
    /// The name or password is wrong.
    WrongCredential,
    /// The password is blank, for which there is no bootstrap token.
    BlankPassword,
    /// The token on this Mac is not the one that the MDM has (−69594): it must be removed and made anew.
    Mismatch,
    /// It said something else.
    Unrecognised {
        /// What it said.
        text: String,
    },
}

/// Makes a bootstrap token and hands it to the MDM. Run as root, with an administrator who holds a token. The password
/// is typed at a prompt and so takes 128 bytes at most.
///
/// There is no function that validates or removes one: for these the tool takes the password as an argument only.
///
/// # Errors
/// When the tool could not be run to its end, or the password cannot be typed.
pub fn install_bootstrap_token(
    runner: &dyn Runner,
    administrator: Credential<'_>,
) -> Result<BootstrapTokenClaim, Error> {
    let feed = feed(administrator).map_err(Error::unfeedable(Tool::Profiles))?;
    let call = Call::fixed(Tool::Profiles, ["install", "-type", "bootstraptoken"])
        .feed(feed)
        .timeout(TIMEOUT);
    Ok(BootstrapTokenClaim::from(
        &runner.run(&call).map_err(Error::run(Tool::Profiles))?,
    ))
}

fn feed(administrator: Credential<'_>) -> Result<Feed, Unfeedable> {
    let name = administrator.account.as_str();
    let password = Prompt::password_of(name)
        .or_is("Enter a password for '/',:")
        .or_any_password();
    Ok(Feed::terminal([
        PromptAnswer::text(Prompt::is("Enter the admin user name:"), name)?,
        PromptAnswer::secret(password, administrator.password.clone())?,
    ]))
}

impl From<&Answer> for BootstrapTokenClaim {
    fn from(answer: &Answer) -> Self {
        let said = answer.everything_said();
        if said.contains("Unable to authenticate user information") {
            Self::WrongCredential
        } else if said.contains("Password is required") {
            Self::BlankPassword
        } else if said.contains("-69594") {
            Self::Mismatch
        } else if said.contains("Bootstrap Token escrowed") && !said.contains("escrowed to server: NO") {
            Self::SaysEscrowed
        } else if said.contains("Bootstrap Token created") {
            Self::SaysMadeOnly
        } else {
            Self::Unrecognised { text: excerpt(&said) }
        }
    }
}
