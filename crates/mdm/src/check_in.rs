//! What a Mac says at check-in: `PUT` with `application/x-apple-aspen-mdm-checkin` (device-management: `mdm/checkin`).

use secrecy::SecretSlice;
use serde::{Deserialize, Serialize};

use crate::property_list::{self, PropertyListError};

/// A message at check-in.
#[derive(Debug)]
pub struct CheckIn {
    /// The Mac's hardware UUID. A Mac that a person enrolled for himself does not tell it.
    pub udid: Option<String>,
    /// Whether it is about a person who is logged in, and not about the Mac.
    pub is_of_user: bool,
    /// What it says.
    pub message: Message,
}

/// What a message says.
#[derive(Debug)]
pub enum Message {
    /// The Mac begins to enrol, or its profile was renewed.
    Authenticate {
        /// Its serial number.
        serial_number: Option<String>,
    },
    /// It is enrolled, or how it is woken has changed.
    TokenUpdate,
    /// Its profile was removed.
    CheckOut,
    /// Its bootstrap token; `None` when it has none any more: the key is missing, or empty.
    SetBootstrapToken(Option<SecretSlice<u8>>),
    /// It asks for its bootstrap token.
    GetBootstrapToken,
    /// A person of a directory logs in and asks whether the server manages people.
    UserAuthenticate,
    /// Something that is not for us, such as declarative management.
    Other,
}

/// A message as it is written.
#[derive(Deserialize)]
struct Written {
    #[serde(rename = "MessageType")]
    message_type: String,
    #[serde(rename = "UDID")]
    udid: Option<String>,
    #[serde(rename = "UserID")]
    user_id: Option<String>,
    #[serde(rename = "SerialNumber")]
    serial_number: Option<String>,
    #[serde(rename = "BootstrapToken")]
    bootstrap_token: Option<plist::Data>,
}

/// Reads a message.
///
/// # Errors
/// When it is no message of the protocol, or longer or deeper than any.
pub fn read(body: &[u8]) -> Result<CheckIn, PropertyListError> {
    let written: Written = property_list::read(body)?;
    let message = match written.message_type.as_str() {
        "Authenticate" => Message::Authenticate {
            serial_number: written.serial_number,
        },
        "TokenUpdate" => Message::TokenUpdate,
        "CheckOut" => Message::CheckOut,
        "SetBootstrapToken" => {
            let token = written.bootstrap_token.map(Vec::<u8>::from);
            Message::SetBootstrapToken(token.filter(|token| !token.is_empty()).map(SecretSlice::from))
        }
        "GetBootstrapToken" => Message::GetBootstrapToken,
        "UserAuthenticate" => Message::UserAuthenticate,
        _ => Message::Other,
    };
    Ok(CheckIn {
        udid: written.udid,
        is_of_user: written.user_id.is_some(),
        message,
    })
}

/// The answer to `GetBootstrapToken`, as a property list: the token, or nothing when there is none.
#[must_use]
pub fn bootstrap_token_answer(token: Option<Vec<u8>>) -> Vec<u8> {
    #[derive(Serialize)]
    struct Answer {
        #[serde(rename = "BootstrapToken", skip_serializing_if = "Option::is_none")]
        bootstrap_token: Option<plist::Data>,
    }
    let answer = Answer {
        bootstrap_token: token.map(plist::Data::new),
    };
    crate::profile::to_xml(&answer)
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    fn message(keys: &str) -> Result<CheckIn, PropertyListError> {
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \
             \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\"><dict>{keys}</dict></plist>"
        );
        read(text.as_bytes())
    }

    fn of_type(name: &str) -> String {
        format!("<key>MessageType</key><string>{name}</string><key>UDID</key><string>AB-CD</string>")
    }

    #[test]
    fn each_message_is_known() {
        let authenticate = of_type("Authenticate") + "<key>SerialNumber</key><string>C02</string>";
        let read = message(&authenticate).unwrap();
        assert_eq!(read.udid.as_deref(), Some("AB-CD"));
        let Message::Authenticate { serial_number } = read.message else {
            panic!("{read:?}")
        };
        assert_eq!(serial_number.as_deref(), Some("C02"));
        assert!(matches!(
            message(&of_type("CheckOut")).unwrap().message,
            Message::CheckOut
        ));
        assert!(matches!(
            message(&of_type("GetToken")).unwrap().message,
            Message::Other
        ));
        let of_user = of_type("TokenUpdate") + "<key>UserID</key><string>U</string>";
        assert!(message(&of_user).unwrap().is_of_user);
    }

    #[test]
    fn a_token_that_is_missing_or_empty_is_none() {
        let set = of_type("SetBootstrapToken");
        let token = |keys: &str| match message(&(set.clone() + keys)).unwrap().message {
            Message::SetBootstrapToken(token) => token.map(|token| token.expose_secret().to_vec()),
            other => panic!("{other:?}"),
        };
        assert_eq!(token(""), None);
        assert_eq!(token("<key>BootstrapToken</key><data></data>"), None);
        assert_eq!(
            token("<key>BootstrapToken</key><data>AQID</data>"),
            Some(vec![1, 2, 3])
        );
    }

    #[test]
    fn a_token_is_in_no_debug_text() {
        let set = of_type("SetBootstrapToken") + "<key>BootstrapToken</key><data>AQID</data>";
        let text = format!("{:?}", message(&set).unwrap());
        assert!(!text.contains("[1, 2, 3]"), "{text}");
    }

    #[test]
    fn what_is_too_long_or_too_deep_or_something_else_is_refused() {
        assert_eq!(
            read(&vec![b' '; 300 * 1024]).unwrap_err(),
            PropertyListError::TooLong
        );
        let deep = "<array>".repeat(20_000);
        assert_eq!(message(&deep).unwrap_err(), PropertyListError::TooMuch);
        for other in [&b"bplist00"[..], b"{ MessageType = CheckOut; }", b"<plist/>", b""] {
            assert_eq!(read(other).unwrap_err(), PropertyListError::Form);
        }
    }
}
