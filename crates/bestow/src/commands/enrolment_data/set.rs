//! `bestow enrolment-data set`

use trust::enrolment::{AttributeName, EmailAddress, SerialNumber};
use trust::name::{AccountName, FullName};

use super::mac::AnyMac;
use super::show::details;
use crate::cli::Session;
use crate::client::{Client, ClientError, EnrolmentRecordOrder, SecretOrder};
use crate::exit::{Exit, Failure};
use crate::output::{Format, print, print_as_it_is};
use crate::passwords::{PasswordSource, Question};

/// Say who uses a Mac; what is not named stays as it is
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    mac: AnyMac,
    /// The person's user name
    #[arg(long, value_name = "NAME")]
    username: Option<AccountName>,
    /// The person's name
    #[arg(long, value_name = "NAME")]
    full_name: Option<FullName>,
    /// The person's e-mail address
    #[arg(long, value_name = "ADDRESS")]
    email: Option<EmailAddress>,
    /// The local account that is the person's, when its record name is not the user name
    #[arg(long, value_name = "ACCOUNT")]
    account: Option<AccountName>,
    /// An attribute of your own, such as department=Optics; may be given several times
    #[arg(long = "attribute", value_name = "NAME=VALUE", value_parser = attribute)]
    attributes: Vec<(String, String)>,
    /// Forget this field or attribute; may be given several times
    #[arg(long = "clear", value_name = "NAME")]
    clear: Vec<String>,
    /// Collect this, such as password, or an attribute that is secret from then on. Its value is asked for unseen
    #[arg(long = "collect", value_name = "NAME")]
    collect: Vec<AttributeName>,
    /// Destroy what was collected of this
    #[arg(long = "destroy", value_name = "NAME")]
    destroy: Vec<AttributeName>,
    /// Read what is collected from standard input, one a line, in the order of the options
    #[arg(long, requires = "collect")]
    password_stdin: bool,
}

/// Runs the command.
pub async fn run(args: Args, session: &Session) -> Result<Exit, Failure> {
    let client = session.client()?;
    let mac = args.mac.find(&client).await?;
    let mut order = known(&client, &mac.serial_number).await?;
    order.not_enrolled = mac.not_enrolled;
    if let Some(unknown) = clear(&mut order, &args.clear) {
        return Err(Failure::usage(format!(
            "There is no field or attribute {unknown:?} to clear. Nothing was sent."
        )));
    }
    let text = |name: &AccountName| name.to_string();
    order.username = args.username.as_ref().map(text).or(order.username);
    order.full_name = args.full_name.map(|name| name.to_string()).or(order.full_name);
    order.email = args.email.map(|address| address.to_string()).or(order.email);
    order.account = args.account.as_ref().map(text).or(order.account);
    order.attributes.extend(args.attributes);
    let source = match args.password_stdin {
        true => PasswordSource::StandardInput,
        false => PasswordSource::Prompt,
    };
    let question = |name: &AttributeName| Question {
        text: format!("{name} for {mac}"),
        is_new: true,
    };
    let questions: Vec<Question> = args.collect.iter().map(question).collect();
    let secrets = source.read(&questions)?.into_iter().map(SecretOrder::Collect);
    let named = args.collect.iter().chain(&args.destroy).map(ToString::to_string);
    let destroyed = args.destroy.iter().map(|_| SecretOrder::Destroy);
    order.secrets = named.zip(secrets.chain(destroyed)).collect();
    let answer = client
        .put_enrolment_record(mac.serial_number.as_str(), &order)
        .await?;
    match session.format {
        Format::Json => print_as_it_is(&answer.json)?,
        Format::Text => print(&details(&answer.value, &session.zone))?,
    }
    Ok(Exit::Done)
}

/// What is known of the Mac.
async fn known(client: &Client, serial_number: &SerialNumber) -> Result<EnrolmentRecordOrder, Failure> {
    let record = match client.enrolment_record(serial_number.as_str()).await {
        Ok(answer) => answer.value,
        Err(ClientError::Problem(problem)) if problem.status == 404 => {
            return Ok(EnrolmentRecordOrder::default());
        }
        Err(other) => return Err(other.into()),
    };
    Ok(EnrolmentRecordOrder {
        username: record.username,
        full_name: record.full_name,
        email: record.email,
        account: record.account,
        attributes: record.attributes,
        ..EnrolmentRecordOrder::default()
    })
}

/// Clears fields and attributes. Answers the first one that is not there.
fn clear<'n>(order: &mut EnrolmentRecordOrder, names: &'n [String]) -> Option<&'n str> {
    for name in names {
        match name.as_str() {
            "username" => order.username = None,
            "full_name" => order.full_name = None,
            "email" => order.email = None,
            "account" => order.account = None,
            attribute if order.attributes.remove(attribute).is_some() => {}
            _ => return Some(name),
        }
    }
    None
}

fn attribute(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write it as NAME=VALUE")?;
    let name: AttributeName = name.parse().map_err(|error| format!("{error}"))?;
    Ok((name.to_string(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribute_is_a_name_and_a_value() {
        let pair = |name: &str, value: &str| Ok((name.to_owned(), value.to_owned()));
        assert_eq!(attribute("Room=3=4"), pair("room", "3=4"));
        assert!(attribute("room").is_err());
        assert!(attribute("2nd=x").is_err());
    }

    #[test]
    fn only_what_is_there_can_be_cleared() {
        let mut order = EnrolmentRecordOrder {
            email: Some("a@b".to_owned()),
            attributes: [("room".to_owned(), "3".to_owned())].into(),
            ..EnrolmentRecordOrder::default()
        };
        let names = ["email".to_owned(), "room".to_owned(), "floor".to_owned()];
        assert_eq!(clear(&mut order, &names), Some("floor"));
        assert!(order.email.is_none() && order.attributes.is_empty());
    }
}
