//! `macsim mdm`: what a management server does to the Mac.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::Problem;
use super::password::Typed;
use crate::front::escrow_profile;
use crate::front::home::MacHome;
use crate::front::mdm as front;
use crate::model::mdm::Mdm;
use crate::rules::bootstrap_token;
use crate::rules::create_account::{NewAccount, add_record, create_account};
use crate::rules::erase::erase;
use crate::rules::inject_hash::inject_hash;
use crate::rules::refusal::Credentials;

#[derive(clap::Args)]
pub(super) struct Args {
    /// The Mac's directory.
    dir: PathBuf,
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Enrol the Mac: by a profile with a real server, or without one with a server that is only imagined.
    Enroll {
        /// The profile, a file.
        #[arg(conflicts_with_all = ["automated", "no_bootstrap_token", "url"])]
        profile: Option<PathBuf>,
        /// By Automated Device Enrollment.
        #[arg(long)]
        automated: bool,
        /// The server does not support bootstrap tokens.
        #[arg(long)]
        no_bootstrap_token: bool,
        /// The server's address.
        #[arg(long, default_value = "https://mdm.example.com/mdm")]
        url: String,
    },
    /// Install a renewed profile over the one that the Mac has.
    Renew {
        /// The profile, a file.
        profile: PathBuf,
    },
    /// Install a configuration profile that has macOS escrow recovery keys, or put it in an older one's place.
    InstallProfile {
        /// The profile, a file.
        profile: PathBuf,
    },
    /// Ask the real server for a command.
    Poll,
    /// Erase the Mac and enrol it by a new profile, as Setup Assistant does; then somebody makes an administrator's account.
    WipeAndEnroll {
        /// The profile, a file.
        profile: PathBuf,
        /// Record name.
        name: String,
        #[command(flatten)]
        typed: Typed,
    },
    /// End the enrolment; a server that is only imagined forgets the bootstrap token.
    Unenroll,
    /// Make the administrator of AccountConfiguration, with a ready-made password hash.
    AutoAdmin {
        /// Record name.
        name: String,
        /// Full name.
        #[arg(long, default_value = "Managed Administrator")]
        full_name: String,
        #[command(flatten)]
        typed: Typed,
    },
    /// SetAutoAdminPassword: a new hash for that administrator; its disk password stays behind.
    SetAutoAdminPassword {
        #[command(flatten)]
        typed: Typed,
    },
    /// Write a ready-made password hash into any account; its disk password stays behind.
    InjectHash {
        /// Record name.
        name: String,
        #[command(flatten)]
        typed: Typed,
    },
    /// Make and escrow a bootstrap token with the password of an administrator who holds a token.
    EscrowBootstrapToken {
        /// Record name.
        name: String,
        #[command(flatten)]
        typed: Typed,
    },
}

pub(super) fn run(args: Args) -> Result<(), Problem> {
    let home = MacHome::open(args.dir);
    match args.action {
        Action::Enroll {
            profile: Some(profile),
            ..
        } => Ok(front::enroll(&home, &fs::read(profile)?)?),
        Action::Enroll {
            profile: None,
            automated,
            no_bootstrap_token,
            url,
        } => {
            home.change(|mac| {
                mac.mdm = Mdm {
                    enrolled: true,
                    automated,
                    user_approved: true,
                    server_url: url,
                    bootstrap_token_supported: !no_bootstrap_token,
                    ..Mdm::default()
                };
                if automated {
                    bootstrap_token::on_account_configuration(mac);
                }
            })?;
            Ok(())
        }
        Action::Renew { profile } => Ok(front::renew(&home, &fs::read(profile)?)?),
        Action::InstallProfile { profile } => Ok(escrow_profile::install(&home, &fs::read(profile)?)?),
        Action::Poll => Ok(std::io::stdout().write_all(&front::poll(&home)?)?),
        Action::WipeAndEnroll { profile, name, typed } => wipe_and_enroll(&home, &profile, name, &typed),
        Action::Unenroll => match front::unenroll(&home) {
            Err(front::MdmError::NotEnrolled) => Ok(home.change(|mac| mac.mdm = Mdm::default())?),
            other => Ok(other?),
        },
        Action::AutoAdmin {
            name,
            full_name,
            typed,
        } => auto_admin(&home, &name, full_name, &typed),
        Action::SetAutoAdminPassword { typed } => {
            let name = home.load().map(|mac| {
                let guid = mac.mdm.auto_admin_guid.as_deref().unwrap_or_default();
                mac.directory
                    .user_by_guid(guid)
                    .map(|user| user.name().to_owned())
            })?;
            inject(
                &home,
                &name.ok_or("this Mac has no administrator made by the MDM")?,
                &typed,
            )
        }
        Action::InjectHash { name, typed } => inject(&home, &name, &typed),
        Action::EscrowBootstrapToken { name, typed } => {
            let password = typed.password(&format!("Password for {name}: "))?;
            let at = super::circumstances();
            let who = Credentials {
                name: &name,
                password: &password,
            };
            front::with_server(&home, || {
                home.change(|mac| bootstrap_token::install(mac, who, at))
            })??
            .map_err(|refusal| format!("no bootstrap token was made: {refusal}"))?;
            Ok(())
        }
    }
}

fn wipe_and_enroll(home: &MacHome, profile: &Path, name: String, typed: &Typed) -> Result<(), Problem> {
    let password = typed.password(&format!("Password for {name}: "))?;
    let at = super::circumstances();
    home.change(|mac| erase(mac, at))?;
    front::enroll(home, &fs::read(profile)?)?;
    let wanted = NewAccount {
        home: format!("/Users/{name}"),
        make_home: true,
        name,
        uid: 501,
        gid: 20,
        admin: true,
        ..NewAccount::default()
    };
    home.change(|mac| create_account(mac, &wanted, &password, None, at))?
        .map_err(|refusal| format!("no account was made: {refusal}"))?;
    Ok(())
}

fn auto_admin(home: &MacHome, name: &str, full_name: String, typed: &Typed) -> Result<(), Problem> {
    let password = typed.password(&format!("Password for {name}: "))?;
    let at = super::circumstances();
    home.change(|mac| {
        if mac.directory.user(name).is_some() {
            return Err(format!("there is an account {name} already"));
        }
        let uid = u32::try_from(mac.directory.free_uid()).unwrap_or(501);
        let wanted = NewAccount {
            name: name.to_owned(),
            full_name,
            uid,
            gid: 20,
            admin: true,
            ..NewAccount::default()
        };
        add_record(mac, &wanted, at);
        mac.mdm.auto_admin_guid = mac.directory.user(name).map(|user| user.guid().to_owned());
        inject_hash(
            mac,
            Credentials {
                name,
                password: &password,
            },
            at,
        )
        .map_err(|refusal| refusal.to_string())
    })??;
    Ok(())
}

fn inject(home: &MacHome, name: &str, typed: &Typed) -> Result<(), Problem> {
    let password = typed.password(&format!("New password for {name}: "))?;
    let at = super::circumstances();
    home.change(|mac| {
        inject_hash(
            mac,
            Credentials {
                name,
                password: &password,
            },
            at,
        )
    })?
    .map_err(|refusal| refusal.to_string())?;
    Ok(())
}
