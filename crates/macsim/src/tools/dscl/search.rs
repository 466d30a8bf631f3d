//! `-search PATH KEY VALUE`.

use super::Options;
use super::path::{Place, attributes, names, parse};
use super::print;
use super::status::Status;
use crate::model::attributes::full_name;
use crate::tools::old_plist::quoted;
use crate::tools::session::Session;

pub(super) fn run(session: &mut Session<'_>, options: Options, args: &[String]) -> Result<(), Status> {
    let Place::Type(kind) = parse(&args[0])? else {
        return Err(Status::InvalidPath);
    };
    let (key, wanted) = (full_name(&args[1]), &args[2]);
    let hits: Vec<(String, Vec<String>)> = session.look(|mac| {
        names(&mac.directory, kind)
            .into_iter()
            .filter_map(|name| {
                let record = attributes(&mac.directory, kind, &name)?;
                record
                    .contains(&key, wanted)
                    .then(|| (name, record.values(&key).to_vec()))
            })
            .collect()
    });
    for (name, values) in hits {
        let values: Vec<String> = values
            .iter()
            .map(|value| format!("    {}", quoted(value)))
            .collect();
        session.out(&format!(
            "{name}\t\t{} = (\n{}\n)",
            print::shown_name(options, &key),
            values.join(",\n")
        ));
    }
    Ok(())
}
