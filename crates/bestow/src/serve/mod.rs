//! `bestow serve`: a server of one's own.

mod config;
mod open_files;
mod refusal;

pub use config::LogFormat;

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use server::{Server, ServerConfig, Setup, TlsFiles};
use tempfile::NamedTempFile;

use crate::exit::{Exit, Failure};
use crate::logging;
use crate::output::print;
use crate::private;
use crate::shutdown::Shutdown;
use config::Config;

/// The file with the first API token, in the data folder.
const TOKEN_FILE: &str = "api-token";
/// The database, in the data folder.
const DATABASE: &str = "bestow.db";
/// How the first token and the first person are called in the audit log.
const OPERATOR: &str = "operator";

/// Run a server
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The configuration
    #[arg(long, value_name = "FILE", default_value = "bestow.toml")]
    config: PathBuf,
    /// Print a link that signs you in to the console, once, as the first start does
    #[arg(long)]
    sign_in_link: bool,
}

/// Runs the command until it is told to end.
pub async fn run(args: Args) -> Result<Exit, Failure> {
    let config = Config::read(&args.config)?;
    let mut shutdown = Shutdown::listen()?;
    logging::start(config.log_format, io::stderr);
    private::make_files_private();
    open_files::raise_limit();
    let data = &config.data_dir;
    fs::create_dir_all(data).map_err(|error| refusal::of_folder(error, data, &args.config))?;
    let server = Server::bind(&server_config(&config))
        .await
        .map_err(|error| refusal::of_server(error, &args.config))?;
    let setup = server.setup().await.context("prepare the server")?;
    if let Some(name) = &config.organization {
        setup
            .name_organization(name)
            .await
            .context("name the organisation")?;
    }
    let token_file = config.data_dir.join(TOKEN_FILE);
    let is_first_start = !token_file.exists();
    if is_first_start {
        write_token(&token_file, &setup).await?;
        print(&format!("API token: {}", token_file.display()))?;
    }
    let url = config.public_url(server.address());
    if is_first_start || args.sign_in_link {
        let path = setup.set_up_path(OPERATOR).await.context("make a sign-in link")?;
        print(&format!(
            "Sign in to the console, once, within 15 minutes: {url}{path}"
        ))?;
    }
    print(&format!("Bestow listens on {} as {url}", server.address()))?;
    let end = async move { shutdown.requested().await };
    server.run(end).await.context("run the server")?;
    Ok(Exit::Done)
}

/// How the server of this configuration runs, for what is done beside it.
pub fn stored_in(config: &Path) -> Result<ServerConfig, Failure> {
    private::make_files_private();
    Ok(server_config(&Config::read(config)?))
}

fn server_config(config: &Config) -> ServerConfig {
    let usual = ServerConfig::new(config.listen, config.data_dir.join(DATABASE));
    ServerConfig {
        vault_key: config.vault_key.clone().unwrap_or(usual.vault_key),
        escrow_keys: config.escrow_keys.clone().unwrap_or(usual.escrow_keys),
        escrow_certificate: config
            .escrow_certificate
            .clone()
            .unwrap_or(usual.escrow_certificate),
        offline_key: config.offline_key.clone(),
        secrets_wait_for: Duration::from_hours(24) * u32::from(config.collected_secrets_wait_days),
        tls: config.tls.as_ref().map(|tls| TlsFiles {
            certificate: tls.certificate.clone(),
            key: tls.key.clone(),
        }),
        insecure_plain_http_behind_proxy: config.insecure_plain_http_behind_proxy,
        device_management: config.device_management(config.listen),
        ..usual
    }
}

/// Makes a token and writes it for its owner alone. The file appears as a whole or not at all; without it the next start
/// makes another token of the same name, and this one is no longer valid.
async fn write_token(path: &Path, setup: &Setup) -> Result<(), Failure> {
    let token = setup.api_token(OPERATOR).await.context("make an API token")?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let write = || {
        // A temporary file is made with mode 0600.
        let mut file = NamedTempFile::new_in(folder)?;
        writeln!(file, "{token}")?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok::<(), io::Error>(())
    };
    Ok(write().with_context(|| format!("write {}", path.display()))?)
}
