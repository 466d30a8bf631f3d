//! Somebody asks for a secret by the form of its page.

use trust::code::Code;

use super::form::VERSION;
use super::sealed_file::SealedFile;
use crate::app::App;
use crate::console::own_form::OwnForm;
use crate::escrow::Wanted;
use crate::escrow::asked::Asked;
use crate::escrow::offline::hand_out;
use crate::escrow::reveal::reveal;
use crate::escrow::shown::Shown;
use crate::input::SAID;
use crate::problem::Problem;

/// What came of the form.
#[derive(Default)]
pub(in crate::console) enum Came {
    /// Nobody has asked yet, or somebody else has to approve: the page says so.
    #[default]
    Nothing,
    /// The secret, which stands on the page that answers and on no other.
    Shown(Shown),
    /// What the server cannot read, as it is kept, for the organisation's offline key.
    Sealed(SealedFile),
    /// What was wrong with the reason.
    Wrong(String),
}

impl Came {
    pub(super) fn wrong(&self) -> Option<&str> {
        match self {
            Self::Wrong(wrong) => Some(wrong),
            Self::Nothing | Self::Shown(_) | Self::Sealed(_) => None,
        }
    }
}

/// Reads the form, and has the secret shown; handed out as it is kept, where the server cannot read it.
pub(in crate::console) async fn ask(app: &App, form: &OwnForm, wanted: Wanted<'_>) -> Result<Came, Problem> {
    let Some(reason) = form.reason()? else {
        return Ok(Came::Wrong(format!("The reason {}.", SAID.says)));
    };
    let (caller, key) = (&form.visitor.caller, form.key()?);
    let version = version(form)?;
    let asked = Asked { version, reason };
    let came = match reveal(app, caller, wanted, &key, &asked).await {
        Err(problem) if problem.code == Code::SealedOffline => {
            let handed_out = hand_out(app, caller, wanted, &key, &asked).await;
            handed_out.and_then(|export| SealedFile::of(&export).map(Came::Sealed))
        }
        shown => shown.map(Came::Shown),
    };
    match came {
        Err(problem) if problem.code == Code::ApprovalNeeded => Ok(Came::Nothing),
        came => came,
    }
}

/// Which version the form asks for.
fn version(form: &OwnForm) -> Result<Option<u32>, Problem> {
    match form.form.text(VERSION).as_str() {
        "" => Ok(None),
        number => match number.parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(Problem::invalid(VERSION, "is one of the versions on the page")),
        },
    }
}
