//! `-secureTokenOn` and `-secureTokenOff`: the granter's password comes first, then the account's.

use super::arguments::Arguments;
use super::passwords::{complain, pipe_limit, prompt_for, resolve};
use super::refusal_text::{NEEDS_UNLOCK, for_token, set_token_error};
use crate::model::mac::Mac;
use crate::rules::grant::grant;
use crate::rules::refusal::{Circumstances, Credentials, Refusal};
use crate::rules::revoke::revoke;
use crate::tools::session::Session;

type Switch = fn(&mut Mac, Credentials<'_>, Credentials<'_>, Circumstances) -> Result<(), Refusal>;

pub(super) fn on(session: &mut Session<'_>, arguments: &Arguments) {
    switch(session, arguments, |mac, granter, target, at| {
        grant(mac, granter, target, at).map(|_| ())
    });
}

pub(super) fn off(session: &mut Session<'_>, arguments: &Arguments) {
    switch(session, arguments, |mac, granter, target, at| {
        revoke(mac, granter, target, at).map(|_| ())
    });
}

fn switch(session: &mut Session<'_>, arguments: &Arguments, apply: Switch) {
    let target = arguments.subject.as_str();
    if session.look(|mac| mac.directory.user(target).is_none()) {
        session.log(&format!("Unknown user {target}"));
        return;
    }
    let Some(granter) = arguments.admin_user.as_deref() else {
        session.log(NEEDS_UNLOCK);
        return;
    };
    let granter_password = resolve(session, arguments.admin_password.as_deref(), &prompt_for(granter));
    let target_password = resolve(session, arguments.password.as_deref(), &prompt_for(target));
    let (Some(granter_password), Some(target_password)) = (granter_password, target_password) else {
        complain(session);
        return;
    };
    // An overlong granter password runs over into the account's, which is then blamed.
    if arguments.admin_password.as_deref() == Some("-")
        && granter_password.len() > session.look(|mac| pipe_limit(mac.os))
    {
        session.log(&set_token_error(5000));
        return;
    }
    let at = session.circumstances();
    let outcome = session.effect(|mac| {
        apply(
            mac,
            Credentials {
                name: granter,
                password: &granter_password,
            },
            Credentials {
                name: target,
                password: &target_password,
            },
            at,
        )
        .map_err(|refusal| for_token(mac, &refusal))
    });
    match outcome {
        Err(text) if !session.lied() => session.log(&text),
        _ => session.log("- Done!"),
    }
}
