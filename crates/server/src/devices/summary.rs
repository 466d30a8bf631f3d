//! An observation in a line, for the columns that lists read.

use serde::Serialize;
use serde_json::Value;
use store::device::Summary;
use trust::chain;
use trust::observation::{Observation, VolumeFormat};

/// What a list shows of an observation.
pub(crate) fn summarize(observation: &Observation) -> Summary {
    let system = observation.system.value();
    let hardware = observation.hardware.value();
    let volume = observation.boot_volume.value();
    let members = chain::members(observation);
    let holders = members.iter().filter(|member| member.token.holds()).count();
    Summary {
        model: hardware.map(|hardware| hardware.model.clone()),
        chip: hardware.map(|hardware| word(&hardware.chip)),
        os_version: system.map(|system| system.version.to_string()),
        os_build: system.map(|system| system.build.clone()),
        volume_format: volume.map(|volume| match &volume.format {
            VolumeFormat::Other(name) => name.clone(),
            format @ (VolumeFormat::Apfs | VolumeFormat::Hfs | VolumeFormat::CoreStorage) => word(format),
        }),
        filevault: observation.filevault.value().map(word),
        chain: chain::health(observation).word().to_owned(),
        holders: count(holders),
        accounts: count(members.len()),
    }
}

/// The word by which a value goes in JSON; that of its `status` when it is an object.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        Ok(Value::Object(fields)) => fields
            .get("status")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        _ => String::new(),
    }
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
