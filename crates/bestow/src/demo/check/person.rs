//! The page on which the person of a Mac says who it is, opened by a link that works once.

use anyhow::Context as _;
use reqwest::{Client as Browser, Response, Url, redirect};
use secrecy::ExposeSecret as _;

use super::mac::MacUnderTest;
use super::report::{Report, holds, same};
use crate::demo::people;

/// Lets the Mac's person type the password that was not collected.
pub async fn fills_in_the_page(mac: &MacUnderTest<'_>, report: &mut Report) -> anyhow::Result<()> {
    let name = mac.name().to_owned();
    let person = people::person(mac.situation()?).context("nobody uses this Mac")?;
    let password = mac
        .known
        .password(person.local_account())
        .context("no password")?;
    let serial_number = mac.known.serial_number.parse()?;
    let link = mac.client.make_enrolment_link(&serial_number, false, None);
    let path = link.await?.value.path;
    let page: Url = format!("{}{}", mac.client.address(), path.expose_secret()).parse()?;
    let browser = Browser::builder()
        .no_proxy()
        .tls_certs_only([])
        .redirect(redirect::Policy::none())
        .build()?;

    let empty = read(browser.get(page.clone()).send().await?).await;
    report.step(
        format_args!("{name}: the link opens a page without signing in, which tells nothing that is known"),
        empty.and_then(|(status, text)| {
            same("status", status, 200)?;
            let tells = text.contains(person.username) || text.contains(person.full_name);
            same("tells who it is", tells, false)
        }),
    )?;
    let mut form = page.clone();
    form.query_pairs_mut()
        .append_pair("full_name", person.full_name)
        .append_pair("username", person.username)
        .append_pair("email", &person.email())
        .append_pair("password", password.expose_secret())
        .append_pair("password_again", password.expose_secret());
    let fill_in = || {
        let filled_in = form.query().unwrap_or_default().to_owned();
        let form = "application/x-www-form-urlencoded";
        browser
            .post(page.clone())
            .header("content-type", form)
            .body(filled_in)
    };
    let saved = read(fill_in().send().await?).await;
    report.step(
        format_args!("{name}: what the person fills in is saved"),
        saved.and_then(|(status, text)| {
            same("status", status, 200)?;
            holds("the page says so", text.contains("Thank you"))
        }),
    )?;
    let again = read(fill_in().send().await?).await;
    report.step(
        format_args!("{name}: the link works once"),
        again.and_then(|(status, _)| same("status", status, 404)),
    )?;
    let record = mac.client.enrolment_record(&mac.known.serial_number).await?.value;
    let states: Vec<_> = record
        .secrets
        .iter()
        .map(|secret| (secret.attribute.as_str(), secret.state.as_str()))
        .collect();
    report.step(
        format_args!("{name}: the password is sealed to the Mac; the account stays bound"),
        holds("the password is ready", states.contains(&("password", "ready")))
            .and_then(|()| same("source", record.source.as_str(), "enrolment_page"))
            .and_then(|()| same("account", record.account.as_deref(), person.account)),
    )
}

async fn read(answer: Response) -> anyhow::Result<(u16, String)> {
    Ok((answer.status().as_u16(), answer.text().await?))
}
