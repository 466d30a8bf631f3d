//! What is said: one request, and what the agent answers.

use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use trust::code::Code;
use trust::name::AccountName;
use trust::time::Timestamp;
use zeroize::Zeroizing;

use crate::frame::{self, Lengths, Malformed};

/// What the app asks. `Debug` does not show the password.
#[derive(Debug, Clone)]
pub enum Request {
    /// Is the service account needed, and who could help it?
    Status,
    /// Make the service account, or make it whole again, with the help of this account.
    Create {
        /// The account that hands its token on.
        account: AccountName,
        /// Its password, as somebody has typed it.
        password: SecretString,
    },
}

/// The part of a request that is text.
#[derive(Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case", deny_unknown_fields)]
enum Text {
    Status {},
    Create { account: AccountName },
}

/// What the agent answers. [`Working`](Self::Working) is followed by another answer; every other one is the last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// How things stand.
    Status(Status),
    /// The agent has begun.
    Working,
    /// It is over.
    Ended(Ended),
}

/// How things stand on the Mac.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Whether the service account needs somebody.
    pub need: Need,
    /// The local accounts that people have, sorted by record name.
    pub accounts: Vec<LocalAccount>,
}

/// Whether the service account needs somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "need", rename_all = "snake_case")]
pub enum Need {
    /// It is missing, or cannot do its work.
    Needed {
        /// Why nobody on this Mac could help it; `None` when somebody could.
        obstacle: Option<Code>,
    },
    /// It is there, and can do its work.
    Valid,
    /// This Mac is to have none.
    NotWanted {
        /// Why, for people.
        why: String,
    },
    /// The agent cannot tell now.
    Unknown {
        /// Why, for people.
        why: String,
    },
}

/// A local account, as the app shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalAccount {
    /// Record name.
    pub record_name: AccountName,
    /// The name that people see; may be empty.
    pub real_name: String,
    /// Whether it holds a Secure Token.
    pub holds: Holds,
    /// Whether it is an administrator.
    pub administrator: bool,
}

/// Whether an account holds a Secure Token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// It does.
    Yes,
    /// It does not, or holds one that is worth nothing.
    No,
    /// The Mac did not tell.
    Unknown,
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// A code of the catalogue.
    pub code: Code,
    /// When it makes sense to try again, where that is a question of time.
    pub retry_at: Option<Timestamp>,
}

impl Ended {
    /// An end for which no time counts.
    pub fn with(code: Code) -> Self {
        Self { code, retry_at: None }
    }
}

impl Request {
    /// The request's message, in memory that is wiped.
    ///
    /// # Errors
    /// When the password is longer than a message can have.
    pub fn message(&self) -> Result<Zeroizing<Vec<u8>>, Malformed> {
        match self {
            Self::Status => frame::write(&json(&Text::Status {})?, &[]),
            Self::Create { account, password } => {
                let text = json(&Text::Create {
                    account: account.clone(),
                })?;
                frame::write(&text, password.expose_secret().as_bytes())
            }
        }
    }

    /// Reads the body of a message.
    ///
    /// # Errors
    /// When it is no request.
    pub fn read(lengths: Lengths, body: &[u8]) -> Result<Self, Malformed> {
        let (text, password) = lengths.parts(body)?;
        let text = serde_json::from_slice(text).map_err(|_| Malformed::Text)?;
        match (text, password) {
            (Text::Status {}, []) => Ok(Self::Status),
            (Text::Create { account }, [_, ..]) => {
                let password = str::from_utf8(password).map_err(|_| Malformed::Text)?;
                Ok(Self::Create {
                    account,
                    password: SecretString::from(password),
                })
            }
            (Text::Status {}, _) | (Text::Create { .. }, _) => Err(Malformed::Length),
        }
    }
}

impl Answer {
    /// The answer's message.
    ///
    /// # Errors
    /// When it is longer than a message can be.
    pub fn message(&self) -> Result<Zeroizing<Vec<u8>>, Malformed> {
        frame::write(&json(self)?, &[])
    }

    /// Reads the body of a message.
    ///
    /// # Errors
    /// When it is no answer.
    pub fn read(lengths: Lengths, body: &[u8]) -> Result<Self, Malformed> {
        let (text, _) = lengths.parts(body)?;
        serde_json::from_slice(text).map_err(|_| Malformed::Text)
    }
}

fn json(text: &impl Serialize) -> Result<Vec<u8>, Malformed> {
    serde_json::to_vec(text).map_err(|_| Malformed::Text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(message: &[u8]) -> Result<Request, Malformed> {
        let (header, body) = message.split_first_chunk().unwrap();
        Request::read(Lengths::of_request(*header)?, body)
    }

    fn create(account: &str, password: &str) -> Request {
        Request::Create {
            account: account.parse().unwrap(),
            password: SecretString::from(password),
        }
    }

    #[test]
    fn a_request_is_read_as_it_was_written() {
        assert!(matches!(
            read(&Request::Status.message().unwrap()),
            Ok(Request::Status)
        ));
        let message = create("ada", "orchid \"77\" \u{1f511}").message().unwrap();
        let Ok(Request::Create { account, password }) = read(&message) else {
            panic!("no request")
        };
        assert_eq!(account.as_str(), "ada");
        assert_eq!(password.expose_secret(), "orchid \"77\" \u{1f511}");
    }

    #[test]
    fn the_longest_request_fits() {
        let longest = create(&"\"".repeat(244), &"p".repeat(frame::LONGEST_PASSWORD));
        read(&longest.message().unwrap()).unwrap();
        let too_long = create("ada", &"p".repeat(frame::LONGEST_PASSWORD + 1));
        assert_eq!(too_long.message().unwrap_err(), Malformed::Length);
    }

    #[test]
    fn a_password_is_neither_in_the_text_nor_shown() {
        let request = create("ada", "orchid-77");
        let message = request.message().unwrap();
        assert!(message.ends_with(b"}orchid-77"));
        assert!(!format!("{request:?}").contains("orchid"));
    }

    #[test]
    fn what_is_no_request_is_told() {
        for (text, password, why) in [
            ("{}", "", Malformed::Text),
            (r#"{"ask":"erase"}"#, "", Malformed::Text),
            (r#"{"ask":"status","force":true}"#, "", Malformed::Text),
            (r#"{"ask":"status"}"#, "orchid-77", Malformed::Length),
            (r#"{"ask":"create","account":"ada"}"#, "", Malformed::Length),
            (
                r#"{"ask":"create","account":"-ada"}"#,
                "orchid-77",
                Malformed::Text,
            ),
        ] {
            let message = frame::write(text.as_bytes(), password.as_bytes()).unwrap();
            assert_eq!(read(&message).unwrap_err(), why, "{text}");
        }
        let not_text = frame::write(br#"{"ask":"create","account":"ada"}"#, b"\xff").unwrap();
        assert_eq!(read(&not_text).unwrap_err(), Malformed::Text);
    }

    #[test]
    fn an_answer_is_read_as_it_was_written() {
        let account = |record_name: &str, holds| LocalAccount {
            record_name: record_name.parse().unwrap(),
            real_name: "Ada \u{1f511}".to_owned(),
            holds,
            administrator: true,
        };
        for answer in [
            Answer::Working,
            Answer::Ended(Ended {
                code: Code::AdministratorWrongPassword,
                retry_at: Some(Timestamp(7)),
            }),
            Answer::Status(Status {
                need: Need::Needed {
                    obstacle: Some(Code::ChainBroken),
                },
                accounts: vec![account("ada", Holds::Yes), account("ben", Holds::Unknown)],
            }),
            Answer::Status(Status {
                need: Need::Unknown {
                    why: "it did not tell".to_owned(),
                },
                accounts: Vec::new(),
            }),
        ] {
            let message = answer.message().unwrap();
            let (header, body) = message.split_first_chunk().unwrap();
            assert_eq!(
                Answer::read(Lengths::of_answer(*header).unwrap(), body),
                Ok(answer)
            );
        }
    }
}
