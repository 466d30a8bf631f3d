//! Which server a command speaks to, and what it says when that cannot be.

use std::fs;
use std::path::Path;

use rcgen::generate_simple_self_signed;

use crate::support::child::{Running, command};
use crate::support::command::Said;
use crate::support::program;
use crate::support::site::Site;

/// A command of somebody who has set nothing but `variables`.
fn run(variables: &[(&str, &str)], args: &[&str]) -> Said {
    let mut bestow = command(program());
    bestow.args(args).envs(variables.iter().copied());
    Said::by(&mut bestow, "")
}

#[test]
fn what_is_missing_or_misspelt_is_named_with_the_way_to_write_it() {
    run(&[], &["devices"]).with_exit(2).says(&[
        "No server is named",
        "--server or BESTOW_SERVER",
        "--demo or BESTOW_DEMO",
    ]);
    run(&[], &["devices", "--server", "bestow.example.com"])
        .with_exit(2)
        .says(&[
            "--server bestow.example.com: ",
            "Write https://bestow.example.com",
        ]);
    run(&[("BESTOW_SERVER", "localhost:8420")], &["devices"])
        .with_exit(2)
        .says(&[
            "BESTOW_SERVER localhost:8420: ",
            "http:// when the server runs on this computer",
        ]);
    let server = ("BESTOW_SERVER", "http://127.0.0.1:1");
    run(&[server], &["devices"]).with_exit(2).says(&[
        "No API token is given",
        "--token-file",
        "BESTOW_TOKEN",
        "api-token in its data folder",
    ]);
    run(&[server, ("BESTOW_TOKEN", "two\nlines")], &["devices"])
        .with_exit(2)
        .says(&["The variable BESTOW_TOKEN holds no API token: a token is one word"]);
    run(&[server], &["devices", "--token-file", "/nope"])
        .with_exit(2)
        .says(&[
            "The token file /nope cannot be read",
            "--token-file or BESTOW_TOKEN_FILE",
        ]);
    run(&[server, ("BESTOW_TOKEN", "t")], &["devices"])
        .with_exit(3)
        .says(&["reach http://127.0.0.1:1: ", "Nothing listens there."]);
    run(&[], &["devices", "--demo", "/nope"]).with_exit(2).says(&[
        "/nope/demo.json cannot be read",
        "--demo and BESTOW_DEMO name the folder",
    ]);
    run(&[], &["action", "nope"])
        .with_exit(2)
        .says(&["named by its whole id", "'bestow actions' lists them"]);
    // What needs no server does not mind.
    run(&[("BESTOW_SERVER", "nonsense")], &["explain", "Chain-Broken"])
        .with_exit(0)
        .says(&["chain_broken"]);
}

#[test]
fn a_token_that_the_server_does_not_know_is_told_with_its_place() {
    let site = Site::healthy(902);
    let mut stranger = site.command(&["devices"]);
    stranger
        .env_remove("BESTOW_TOKEN_FILE")
        .env("BESTOW_TOKEN", "nobodys");
    Said::by(&mut stranger, "").with_exit(2).says(&[
        "Refused: Nobody is signed in",
        "Next step The token in the variable BESTOW_TOKEN is none of this server's",
        "api-token in its data folder",
    ]);
    let file = site.folder().join("old-token");
    fs::write(&file, "nobodys\n").unwrap();
    site.run(&["devices", "--token-file", file.to_str().unwrap()])
        .with_exit(2)
        .says(&[&format!("The token in {} is none", file.display())]);
}

#[test]
fn what_stands_on_the_command_line_wins_over_what_is_exported() {
    let site = Site::healthy(903);
    let server = format!("http://{}", site.server.address());
    let token_file = site.server.token_file();
    let token = ["--token-file", token_file.to_str().unwrap()];
    let demo = ("BESTOW_DEMO", "/nope");
    // Before and behind the command.
    run(&[demo], &["--server", &server, token[0], token[1], "devices"]).with_exit(0);
    run(&[demo], &["devices", "--server", &server, token[0], token[1]]).with_exit(0);
    let exported = ("BESTOW_SERVER", "http://127.0.0.1:1");
    run(
        &[exported, ("BESTOW_TOKEN", "t")],
        &["--server", &server, "devices", token[0], token[1]],
    )
    .with_exit(0);
    for args in [["--demo", "/nope", "devices"], ["devices", "--demo", "/nope"]] {
        run(&[exported, ("BESTOW_TOKEN_FILE", "/nope")], &args)
            .with_exit(2)
            .says(&["/nope/demo.json cannot be read"]);
    }
    run(&[exported, demo], &["devices"])
        .with_exit(2)
        .says(&["BESTOW_DEMO and BESTOW_SERVER are both set", "Unset one of them"]);
    run(&[], &["devices", "--demo", "/nope", "--server", &server])
        .with_exit(2)
        .says(&["Leave one of them out"]);
    site.grant_with(["", ""], &["--demo-passwords"])
        .with_exit(2)
        .says(&[
            "--demo-passwords takes passwords out of a demo's demo.json",
            "--demo or BESTOW_DEMO",
        ]);
}

/// Starts a server with this configuration beside the certificate and answers its port.
fn serve(folder: &Path) -> (Running, String) {
    let mut serve = command(program());
    serve.arg("serve").arg("--config").arg(folder.join("bestow.toml"));
    let mut running = Running::start(&mut serve, &folder.join("log"));
    let port = running.read_until(|line| {
        let (_, rest) = line.split_once("Bestow listens on 127.0.0.1:")?;
        Some(rest.split(' ').next().unwrap().to_owned())
    });
    (running, port)
}

#[test]
fn a_connection_that_is_not_secure_is_told_with_the_way_out() {
    let folder = tempfile::tempdir().unwrap();
    let made = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let certificate = folder.path().join("chain.pem");
    fs::write(&certificate, made.cert.pem()).unwrap();
    fs::write(folder.path().join("key.pem"), made.signing_key.serialize_pem()).unwrap();
    let config = "listen = '127.0.0.1:0'\ndata_dir = 'data'\n";
    let tls = format!("{config}[tls]\ncertificate = 'chain.pem'\nkey = 'key.pem'\n");
    fs::write(folder.path().join("bestow.toml"), tls).unwrap();
    let (_running, port) = serve(folder.path());
    let token = folder.path().join("data/api-token");
    let devices = |address: &str, more: &[&str]| {
        let mut args = vec![
            "devices",
            "--server",
            address,
            "--token-file",
            token.to_str().unwrap(),
        ];
        args.extend(more);
        run(&[], &args)
    };
    let ca = ["--ca-file", certificate.to_str().unwrap()];
    let right = format!("https://localhost:{port}");
    devices(&right, &ca).with_exit(0);
    devices(&right, &[])
        .with_exit(3)
        .says(&["trusts no authority that vouches", "--ca-file"]);
    devices(&format!("https://127.0.0.1:{port}"), &ca)
        .with_exit(3)
        .says(&["certificate is for another name"]);
    devices(&format!("http://localhost:{port}"), &[])
        .with_exit(3)
        .says(&["If the server speaks TLS, write https://."]);
    devices(&right, &["--ca-file", token.to_str().unwrap()])
        .with_exit(2)
        .says(&["--ca-file", "a PEM file with at least one certificate"]);

    let plain = Site::healthy(904);
    devices(&format!("https://{}", plain.server.address()), &ca)
        .with_exit(3)
        .says(&["does not speak TLS", "http://"]);
}
