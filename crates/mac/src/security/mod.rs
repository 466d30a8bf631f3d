//! `security`: passwords in the System keychain, and the rules of the authorization database.

pub mod authorization_database;
pub mod keychain;

use crate::{Answer, Call, Error, Runner, Tool};

fn run(runner: &dyn Runner, call: Call) -> Result<Answer, Error> {
    runner.run(&call).map_err(Error::run(Tool::Security))
}
