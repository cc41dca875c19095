//! Rows and columns: a table of native radio buttons or check boxes; on a narrow page each row by itself, with the columns
//! written beside its controls.

use item::{Choice, Response};
use leptos::{html, prelude::*};

use super::answering::{Answering, Asked};
use crate::{
    catalogue::{text, text_with},
    widgets::rich_text_view,
};

pub(super) fn view(
    answering: Answering,
    asked: Asked,
    rows: Vec<Choice>,
    columns: Vec<Choice>,
    per_row: usize,
) -> AnyView {
    let (lang, dir) = (asked.lang.clone(), asked.dir);
    let id_of = move |kind: &str, label: &str| answering.element(&format!("{kind}-{label}"));
    let heads = columns.iter().map(|column| {
        view! { <th role="columnheader" scope="col" id=id_of("column", &column.id)>{rich_text_view(&column.content)}</th> }
    });
    let heads = heads.collect_view();
    let body = rows.iter().map(|row| {
        let cells = columns.iter().map(|column| {
            let named = format!("{} {}", id_of("row", &row.id), id_of("column", &column.id));
            let input = control(answering, row.id.clone(), column.id.clone(), per_row, named);
            view! {
                <td role="cell">
                    <label class="match-cell">
                        {input}
                        // The name of the control is that of its row and column; this is for the eyes on a narrow page.
                        <span class="match-column" aria-hidden="true">{rich_text_view(&column.content)}</span>
                    </label>
                </td>
            }
        });
        let cells = cells.collect_view();
        view! {
            <tr role="row">
                <th role="rowheader" scope="row" id=id_of("row", &row.id)>{rich_text_view(&row.content)}</th>
                {cells}
            </tr>
        }
    });
    let body = body.collect_view();
    // A table that is laid out as blocks is none to some browsers, unless it says so.
    let table = view! {
        <table class="match" role="table" lang=lang dir=dir>
            <thead role="rowgroup"><tr role="row"><td role="cell"></td>{heads}</tr></thead>
            <tbody role="rowgroup">{body}</tbody>
        </table>
    };
    let hint = match per_row {
        1 => text("exam-match-one"),
        n => text_with("exam-match-many", [("n", n.into())]),
    };
    asked.group("matching", hint, table)
}

fn control(answering: Answering, row: String, column: String, per_row: usize, named: String) -> AnyView {
    let field: NodeRef<html::Input> = NodeRef::new();
    let (of_row, of_column) = (row.clone(), column.clone());
    let chosen = Memo::new(move |_| answering.committed().has_pair(&of_row, &of_column));
    answering.when_refused(move || {
        if let Some(field) = field.get_untracked() {
            field.set_checked(chosen.get_untracked());
        }
    });
    let (name, value) = (answering.element(&row), format!("{row}-{column}"));
    let kind = if per_row > 1 { "checkbox" } else { "radio" };
    let change = move |on: bool| {
        let before = match answering.latest() {
            Response::Pairs(pairs) => pairs,
            _ => Vec::new(),
        };
        let (own, mut pairs): (Vec<_>, Vec<_>) = before.into_iter().partition(|[of, _]| *of == row);
        let mut own: Vec<_> = own.into_iter().filter(|[_, of]| per_row > 1 && *of != column).collect();
        if on && own.len() >= per_row {
            answering.touch();
            answering.message.set(Some(text_with("exam-match-too-many", [("n", per_row.into())])));
            if let Some(field) = field.get_untracked() {
                field.set_checked(false);
            }
            return;
        }
        if on {
            own.push([row.clone(), column.clone()]);
        }
        pairs.extend(own);
        answering.give(Response::pairs(pairs));
    };
    view! {
        <input
            node_ref=field
            type=kind
            name=name
            value=value
            aria-labelledby=named
            prop:checked=chosen
            on:change=move |event| change(event_target_checked(&event))
        />
    }
    .into_any()
}
