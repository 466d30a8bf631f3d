//! `-list`.

use super::Options;
use super::path::{Place, attributes, names, parse};
use super::print;
use super::status::Status;
use crate::model::attributes::full_name;
use crate::tools::session::Session;

pub(super) fn run(session: &mut Session<'_>, options: Options, args: &[String]) -> Result<(), Status> {
    let kind = match parse(&args[0])? {
        Place::Root => {
            session.out("Groups");
            session.out("Users");
            return Ok(());
        }
        Place::Type(kind) => kind,
        // Listing inside a record shows nothing.
        Place::Record(kind, name) => {
            return session
                .look(|mac| attributes(&mac.directory, kind, &name))
                .map(|_| ())
                .ok_or(Status::RecordNotFound);
        }
    };
    let Some(key) = args.get(1) else {
        for name in session.look(|mac| names(&mac.directory, kind)) {
            session.out(&name);
        }
        return Ok(());
    };
    let key = full_name(key);
    let rows: Vec<(String, String)> = session.look(|mac| {
        names(&mac.directory, kind)
            .into_iter()
            .filter_map(|name| {
                let record = attributes(&mac.directory, kind, &name)?;
                let values = record.values(&key);
                let shown: Vec<String> = values.iter().map(|value| print::value(options, value)).collect();
                (!values.is_empty()).then(|| (name, shown.join(" ")))
            })
            .collect()
    });
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0) + 2;
    for (name, values) in rows {
        let padding = " ".repeat(width - name.len() + 1);
        session.out(&format!("{name}{padding}{values}"));
    }
    Ok(())
}
