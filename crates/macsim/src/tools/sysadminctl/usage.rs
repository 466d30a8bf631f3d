//! The usage text, by version of macOS.

use crate::model::os::OsVersion;

const LINES: &[(OsVersion, &str)] = &[
    (
        V10_10,
        "        -deleteUser <user name> [-secure || -keepHome] (interactive || -adminUser <administrator user name> -adminPassword <administrator password>)",
    ),
    (
        V10_10,
        "        -newPassword <new password> -oldPassword <old password> [-passwordHint <password hint>]",
    ),
    (
        V10_10,
        "        -resetPasswordFor <local user name> -newPassword <new password> [-passwordHint <password hint>] (interactive] || -adminUser <administrator user name> -adminPassword <administrator password>)",
    ),
    (
        V10_10,
        "        -addUser <user name> [-fullName <full name>] [-UID <user ID>] [-GID <group ID>] [-shell <path to shell>] [-password <user password>] [-hint <user hint>] [-home <full path to home>] [-admin] [-roleAccount] [-picture <full path to user image>] (interactive] || -adminUser <administrator user name> -adminPassword <administrator password>)",
    ),
    (V10_13, "        -secureTokenStatus <user name>"),
    (
        V10_13,
        "        -secureTokenOn <user name> -password <password> (interactive || -adminUser <administrator user name> -adminPassword <administrator password>)",
    ),
    (
        V10_13,
        "        -secureTokenOff <user name> -password <password> (interactive || -adminUser <administrator user name> -adminPassword <administrator password>)",
    ),
    (
        OsVersion::new(13, 0),
        "        -autologin set -userName <user name> [-password <user password>] || off || status (interactive || -adminUser <administrator user name> -adminPassword <administrator password>)",
    ),
    (V10_10, "        -guestAccount <on || off || status>"),
    (V10_10, "        -afpGuestAccess <on || off || status>"),
    (V10_10, "        -smbGuestAccess <on || off || status>"),
    (V10_10, "        -automaticTime <on || off || status>"),
    (V10_10, "        -filesystem status"),
    (
        OsVersion::new(10, 15),
        "        -screenLock <status || immediate || off || seconds> -password <password>",
    ),
    (V10_10, ""),
    (
        V10_10,
        "Pass '-' instead of password in commands above to request prompt.",
    ),
    (
        V10_10,
        "'-adminPassword' used mostly for scripted operation. Use '-' or 'interactive' to get the authentication string interactively. This preferred for security reasons",
    ),
    (OsVersion::new(11, 0), ""),
    (
        OsVersion::new(11, 0),
        "*Role accounts require name starting with _ and UID in 200-400 range.",
    ),
];

const V10_10: OsVersion = OsVersion::new(10, 10);
const V10_13: OsVersion = OsVersion::new(10, 13);

/// What the tool of this version prints when it does not know what to do.
pub(super) fn text(os: OsVersion) -> String {
    let mut text = "Usage: sysadminctl".to_owned();
    for (_, line) in LINES.iter().filter(|(since, _)| *since <= os) {
        text.push('\n');
        if os.major == 10 {
            text.push_str(
                &line
                    .replace(" [-GID <group ID>]", "")
                    .replace(" [-roleAccount]", ""),
            );
        } else {
            text.push_str(line);
        }
    }
    text
}
