//! The person at this Mac's screen, who asks by the Bestow Service Account app.
//!
//! * `socket`: hears the person at the screen, and nobody else;
//! * `status`: whether the service account needs somebody, and who could help it;
//! * `create`: makes it, or makes it whole, with an account's password; guesses are counted.
//!
//! The app has no rights of its own. What it asks for is done here, one thing after the other with everything else that the agent
//! does.

mod create;
pub mod socket;
mod status;

use std::io;

use tokio::sync::mpsc;
use utility_protocol::message::{Answer, Request};

use crate::perform::Tools;
use create::Help;

/// Answers to one request: that it has begun, and its end.
const ANSWERS: usize = 2;

/// Something that the person at the screen asks for. `Debug` does not show the password in it.
#[derive(Debug)]
pub struct Asked {
    caller: u32,
    request: Request,
    answers: mpsc::Sender<Answer>,
}

/// What serving somebody came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Served {
    /// Something was told, or nobody waited any more.
    Told,
    /// Something was done, or tried.
    Acted,
}

impl Asked {
    /// The request of the user with the number `caller`, and where its answers come.
    pub fn new(caller: u32, request: Request) -> (Self, mpsc::Receiver<Answer>) {
        let (answers, coming) = mpsc::channel(ANSWERS);
        let asked = Self {
            caller,
            request,
            answers,
        };
        (asked, coming)
    }

    /// Whether somebody still waits for the answer.
    pub fn is_waited_for(&self) -> bool {
        !self.answers.is_closed()
    }

    fn answer(&self, answer: Answer) {
        // Whoever has gone away meanwhile does without.
        let _ = self.answers.try_send(answer);
    }
}

/// Answers what was asked, unless nobody waits for that any more: then nothing is tried either.
///
/// # Errors
/// When something could not be put on the disk that must be there first.
pub fn serve(tools: Tools<'_>, asked: &Asked) -> io::Result<Served> {
    if !asked.is_waited_for() {
        return Ok(Served::Told);
    }
    match &asked.request {
        Request::Status => {
            asked.answer(Answer::Status(status::status(tools)));
            Ok(Served::Told)
        }
        Request::Create { account, password } => {
            asked.answer(Answer::Working);
            let help = Help {
                caller: asked.caller,
                account,
                password,
            };
            let ended = create::create(tools, &help)?;
            tracing::info!(caller = asked.caller, %account, code = %ended.code, "asked for at the screen");
            asked.answer(Answer::Ended(ended));
            Ok(Served::Acted)
        }
    }
}
