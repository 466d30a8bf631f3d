//! What can be done to an account, and how it is told on the command line.

use trust::action::{
    AccountTemplate, ActionTemplate, DeleteAccountTemplate, GuardedAccountTemplate, ResetPasswordTemplate,
};
use trust::name::AccountName;
use trust::wildcard::Templated;

use crate::commands::target::TargetArgs;
use crate::exit::Failure;

/// What is done, whether a person accepts what the chain loses, and how it is sent.
#[derive(Debug, clap::Subcommand)]
pub enum Verb<A: clap::Args, S: clap::Args> {
    /// Make the account an administrator
    Promote {
        #[command(flatten)]
        account: TargetArgs,
        #[command(flatten)]
        send: S,
    },
    /// Make the account a standard one; a token that it holds stays
    Demote {
        #[command(flatten)]
        account: TargetArgs,
        #[command(flatten)]
        accept: A,
        #[command(flatten)]
        send: S,
    },
    /// Keep the account from authenticating, until it is unlocked
    Disable {
        #[command(flatten)]
        account: TargetArgs,
        #[command(flatten)]
        accept: A,
        #[command(flatten)]
        send: S,
    },
    /// Let the account authenticate again: enable it, and make the Mac forget its failed tries
    Unlock {
        #[command(flatten)]
        account: TargetArgs,
        #[command(flatten)]
        send: S,
    },
    /// Change the account's password by the one that it has; its token is kept, and that is proved
    ChangePassword {
        #[command(flatten)]
        account: TargetArgs,
        #[command(flatten)]
        send: S,
    },
    /// Reset the account's password by the authority of another administrator who holds a token; its own is kept
    ResetPassword {
        #[command(flatten)]
        account: TargetArgs,
        /// The other account; may hold wildcards
        #[arg(long, value_name = "USERNAME")]
        administrator: Templated<AccountName>,
        #[command(flatten)]
        send: S,
    },
    /// Delete the account and its key to the disk; its home folder stays
    Delete {
        #[command(flatten)]
        account: TargetArgs,
        /// Delete its home folder too, and everything in it
        #[arg(long)]
        remove_home: bool,
        #[command(flatten)]
        accept: A,
        #[command(flatten)]
        send: S,
    },
}

impl<A: clap::Args, S: clap::Args> Verb<A, S> {
    /// The action, and how it is sent. `name` is the Mac's name that a person typed.
    pub fn into_template(self, name: impl Fn(A) -> Option<String>) -> Result<(ActionTemplate, S), Failure> {
        let plain = |account: TargetArgs| account.choice().map(|target| AccountTemplate { target });
        let guarded = |account: TargetArgs, accept: A| {
            Ok::<_, Failure>(GuardedAccountTemplate {
                target: account.choice()?,
                confirm_device_name: name(accept),
            })
        };
        Ok(match self {
            Self::Promote { account, send } => (ActionTemplate::PromoteAccount(plain(account)?), send),
            Self::Unlock { account, send } => (ActionTemplate::UnlockAccount(plain(account)?), send),
            Self::ChangePassword { account, send } => (ActionTemplate::ChangePassword(plain(account)?), send),
            Self::ResetPassword {
                account,
                administrator,
                send,
            } => {
                let reset = ResetPasswordTemplate {
                    target: account.choice()?,
                    administrator,
                };
                (ActionTemplate::ResetPassword(reset), send)
            }
            Self::Demote {
                account,
                accept,
                send,
            } => (ActionTemplate::DemoteAccount(guarded(account, accept)?), send),
            Self::Disable {
                account,
                accept,
                send,
            } => (ActionTemplate::DisableAccount(guarded(account, accept)?), send),
            Self::Delete {
                account,
                remove_home,
                accept,
                send,
            } => {
                let delete = DeleteAccountTemplate {
                    target: account.choice()?,
                    remove_home,
                    confirm_device_name: name(accept),
                };
                (ActionTemplate::DeleteAccount(delete), send)
            }
        })
    }
}
