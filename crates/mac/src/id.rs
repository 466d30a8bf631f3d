//! `id`: an account and its groups, as the system resolves them.

use crate::text::{excerpt, leading_number};
use crate::{AccountName, Answer, Arg, Call, Error, Runner, Tool};

/// An account and its groups, nested groups and network accounts included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The user id.
    pub uid: i32,
    /// The primary group.
    pub gid: i32,
    /// All groups by number and name.
    pub groups: Vec<(i32, String)>,
}

/// Asks for an account; `None` when there is no such account. Needs no rights.
///
/// # Errors
/// When the tool could not be run to its end, or its answer cannot be read.
pub fn identity(runner: &dyn Runner, account: &AccountName) -> Result<Option<Identity>, Error> {
    let name = Arg::value(account.as_str()).map_err(Error::bad_arg(Tool::Id))?;
    let answer = runner
        .run(&Call::new(Tool::Id, [name]))
        .map_err(Error::run(Tool::Id))?;
    read(&answer).ok_or_else(|| Error::Unreadable {
        tool: Tool::Id,
        exit: answer.exit,
        said: excerpt(&answer.everything_said()),
    })
}

fn read(answer: &Answer) -> Option<Option<Identity>> {
    if answer.exit.is_zero() {
        return Identity::parse(&answer.stdout.text()).map(Some);
    }
    is_unknown(&answer.stderr.text()).then_some(None)
}

/// Whether the tool says that there is no such account. The name stands before these words.
pub fn is_unknown(said: &str) -> bool {
    said.starts_with("id: ") && said.trim_end().ends_with(": no such user")
}

impl Identity {
    /// Reads `uid=502(ann) gid=20(staff) groups=20(staff),700(developers)`.
    pub fn parse(said: &str) -> Option<Self> {
        let line = said.trim_end_matches(['\n', '\r']);
        let (head, groups) = line.split_once(" groups=")?;
        let uid = leading_number(head.strip_prefix("uid=")?)?;
        let gid = leading_number(head.rsplit_once(" gid=")?.1)?;
        // A name can hold a comma, so groups end where a bracket closes before a comma or the end.
        let groups = groups.strip_suffix(')')?.split("),").map(|group| {
            let (number, name) = group.split_once('(')?;
            Some((number.parse().ok()?, name.to_owned()))
        });
        Some(Self {
            uid,
            gid,
            groups: groups.collect::<Option<_>>()?,
        })
    }
}
