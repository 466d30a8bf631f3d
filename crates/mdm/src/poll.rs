//! What a Mac says when it asks for a command: `PUT` with `application/x-apple-aspen-mdm` on the server's address. There is no
//! command for it, so that every answer is empty.

use serde::Deserialize;

use crate::property_list::{self, PropertyListError};

/// A question for the next command, or what became of the last one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Poll {
    /// The Mac's hardware UUID.
    #[serde(rename = "UDID")]
    pub udid: Option<String>,
    /// `Idle`, or how a command went.
    #[serde(rename = "Status")]
    pub status: String,
}

/// Reads a question.
///
/// # Errors
/// When it is none of the protocol.
pub fn read(body: &[u8]) -> Result<Poll, PropertyListError> {
    property_list::read(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_idle_mac_is_understood() {
        let idle = "<plist version=\"1.0\"><dict><key>Status</key><string>Idle</string><key>UDID</key>\
                    <string>AB-CD</string></dict></plist>";
        let poll = read(idle.as_bytes()).unwrap();
        assert_eq!(
            (poll.status.as_str(), poll.udid.as_deref()),
            ("Idle", Some("AB-CD"))
        );
        assert_eq!(read(b"<plist><dict/></plist>"), Err(PropertyListError::Form));
    }
}
