//! The fields of a record.

use maud::{Markup, html};
use trust::chain;
use trust::enrolment::AttributeName;

use super::super::{collected_on, usability};
use super::draft::name;
use super::page::RecordPage;
use crate::console::components::{Field, Takes, TickBox};

/// The id of the list of the Mac's accounts.
const ACCOUNTS: &str = "accounts";

/// The id of the list of attributes that other records have.
const ATTRIBUTES: &str = "attributes";

/// All fields.
pub(super) fn fields(page: &RecordPage) -> Markup {
    html! {
        fieldset {
            legend { h2 { "Person" } }
            p.hint { "Whoever uses this Mac. Each field is what its wildcard stands for." }
            (line(page, name::FULL_NAME, "Name", &page.draft.full_name, Takes::Text, wildcard("fullname")))
            (line(page, name::USERNAME, "User name", &page.draft.username, Takes::Username, wildcard("username")))
            (line(page, name::EMAIL, "E-mail address", &page.draft.email, Takes::Text, wildcard("email")))
            (Field {
                list: Some(ACCOUNTS),
                ..field(page, name::ACCOUNT, "Account on this Mac", &page.draft.account, Takes::Username, html! {
                    "The person's local account, when its name on the Mac is not the user name."
                })
            }.render())
            (accounts(page))
        }
        fieldset {
            legend { h2 { "Secrets" } }
            p.hint { "Each is sealed to the Mac, and then nobody else can read it, this server included. Before the Mac has enrolled, it waits encrypted under a key of the server." }
            (collected(page))
            @for attribute in page.known.secret_attributes() { (secret(page, &attribute)) }
            details.more open[page.error(name::NEW_SECRET).or(page.error(name::NEW_SECRET_VALUE)).is_some()] {
                summary { "Another secret" }
                (line(page, name::NEW_SECRET, "Secret's name", &page.draft.new_secret, Takes::Username, html! {
                    "Such as " code { "admin_password" } ". It is secret for every Mac from then on."
                }))
                (line(page, name::NEW_SECRET_VALUE, "Secret", "", Takes::Password, html! {}))
            }
        }
        fieldset {
            legend { h2 { "Attributes" } }
            p.hint { "Whatever wildcards are to stand for, such as a department or a room. One that is emptied is forgotten." }
            @for (attribute, value) in &page.draft.attributes {
                (line(page, &name::attribute(attribute), attribute.as_str(), value, Takes::Text, html! {}))
            }
            (Field {
                list: Some(ATTRIBUTES),
                ..field(page, name::NEW_ATTRIBUTE, "New attribute's name", &page.draft.new_attribute, Takes::Username, html! {})
            }.render())
            (line(page, name::NEW_VALUE, "Its value", &page.draft.new_value, Takes::Text, html! {}))
            datalist id=(ATTRIBUTES) { @for name in page.known.other_attributes() { option value=(name) {} } }
        }
    }
}

/// The names of the fields, in the order in which they stand.
pub(super) fn order(page: &RecordPage) -> Vec<String> {
    let person = [name::FULL_NAME, name::USERNAME, name::EMAIL, name::ACCOUNT];
    let secrets = page.known.secret_attributes();
    let secrets = secrets.iter().map(name::secret);
    let new_secret = [name::NEW_SECRET, name::NEW_SECRET_VALUE];
    let attributes = page.draft.attributes.keys().map(name::attribute);
    let new_attribute = [name::NEW_ATTRIBUTE, name::NEW_VALUE];
    let fixed = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    fixed(&person)
        .into_iter()
        .chain(secrets)
        .chain(fixed(&new_secret))
        .chain(attributes)
        .chain(fixed(&new_attribute))
        .collect()
}

fn field<'a>(
    page: &'a RecordPage,
    name: &'a str,
    label: &'a str,
    value: &'a str,
    takes: Takes,
    hint: Markup,
) -> Field<'a> {
    Field {
        name,
        label,
        value,
        takes,
        hint: Some(hint).filter(|hint| !hint.0.is_empty()),
        error: page.error(name),
        list: None,
        required: false,
    }
}

fn line(page: &RecordPage, name: &str, label: &str, value: &str, takes: Takes, hint: Markup) -> Markup {
    field(page, name, label, value, takes, hint).render()
}

/// The wildcard that takes its value from a field.
fn wildcard(word: &str) -> Markup {
    html! { code { "%" (word) "%" } }
}

fn accounts(page: &RecordPage) -> Markup {
    let members = page.known.observation.as_ref().map(chain::members);
    html! {
        datalist id=(ACCOUNTS) {
            @for member in members.unwrap_or_default() {
                option value=(member.account.record_name) { (member.account.real_name) }
            }
        }
    }
}

/// What was collected, each with whether it can be used and a box to destroy it.
fn collected(page: &RecordPage) -> Markup {
    let secrets = page.known.record.as_ref().map(|record| record.secrets.as_slice());
    html! {
        @if let Some(secrets) = secrets.filter(|secrets| !secrets.is_empty()) {
            ul.collected {
                @for secret in secrets {
                    @let collection = &secret.collection;
                    li {
                        p { (collected_on(&collection.attribute, collection.collected_at)) }
                        div { (usability(collection.state)) }
                        (TickBox {
                            name: &name::destroy(&collection.attribute),
                            label: &format!("Destroy {}", collection.attribute.wildcard()),
                            hint: "It takes effect with Save.",
                            ticked: false,
                            error: None,
                        }.render())
                    }
                }
            }
        }
    }
}

/// A secret that can be collected. What was collected before is never shown.
fn secret(page: &RecordPage, attribute: &AttributeName) -> Markup {
    let record = page.known.record.as_ref();
    let is_there = record.is_some_and(|record| {
        let mut secrets = record.secrets.iter();
        secrets.any(|secret| secret.collection.attribute == *attribute)
    });
    let is_password = *attribute == AttributeName::password();
    let label = if is_password {
        "Password"
    } else {
        attribute.as_str()
    };
    let hint = html! {
        @if is_there { "Fill it in only to collect it anew." }
        @else if is_password { "The person's, on this Mac." }
    };
    line(page, &name::secret(attribute), label, "", Takes::Password, hint)
}
