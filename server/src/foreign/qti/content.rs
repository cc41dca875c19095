//! Content of QTI items as the small tree that item files can hold.

use interchange::{Block, Cell, Content, Inline};
use qti::model::{Content as Qti, Group};

use super::Notes;

/// Reads content; what it does not keep goes to the notes. `gap` numbers what is answered within a line.
pub(super) struct Reader<'a, 'g> {
    pub(super) notes: &'a mut Notes,
    pub(super) gap: &'g mut dyn FnMut(&Qti) -> Option<u32>,
}

impl Reader<'_, '_> {
    pub(super) fn blocks(&mut self, content: &[Qti]) -> Content {
        let mut blocks = Vec::new();
        self.add_blocks(content, &mut blocks);
        Content(blocks)
    }

    fn add_blocks(&mut self, content: &[Qti], into: &mut Vec<Block>) {
        let mut open = Vec::new();
        for piece in content {
            match piece {
                Qti::Group { group, children } if is_block(*group) => {
                    close(&mut open, into);
                    self.group(*group, children, into);
                }
                Qti::Separator => {
                    self.notes.lose("a line across");
                    close(&mut open, into);
                }
                Qti::Rubric(rubric) => {
                    close(&mut open, into);
                    if rubric.view.is_empty() || rubric.view.iter().any(|view| view == "candidate") {
                        self.add_blocks(&rubric.children, into);
                    } else {
                        self.notes.lose("a rubric block that is not for candidates");
                    }
                }
                Qti::Feedback(_) => self.notes.lose("feedback"),
                Qti::Template(_) => self.notes.fault("parts of it depend on variables of a template"),
                other => self.inline(other, &mut open),
            }
        }
        close(&mut open, into);
    }

    fn group(&mut self, group: Group, children: &[Qti], into: &mut Vec<Block>) {
        match group {
            Group::Preformatted => {
                let text = plain(children);
                into.push(Block::Code { text: text.trim_end_matches('\n').to_owned() });
            }
            Group::UnorderedList | Group::OrderedList => {
                let entries = children.iter().filter_map(|child| match child {
                    Qti::Group { children, .. } => Some(children),
                    _ => None,
                });
                let items = entries.map(|entry| self.blocks(entry)).collect();
                into.push(Block::List { ordered: group == Group::OrderedList, items });
            }
            Group::Table => {
                let (mut rows, mut caption) = (Vec::new(), Vec::new());
                self.rows(children, &mut rows, &mut caption);
                into.push(Block::Table { caption, rows });
            }
            Group::Paragraph | Group::Division => self.add_blocks(children, into),
            _ => {
                self.notes.lose(format!("<{}>: its content became paragraphs", group.element()));
                self.add_blocks(children, into);
            }
        }
    }

    fn rows(&mut self, content: &[Qti], rows: &mut Vec<Vec<Cell>>, caption: &mut Vec<Inline>) {
        for piece in content {
            let Qti::Group { group, children } = piece else { continue };
            match group {
                Group::Row => {
                    let mut cells = Vec::new();
                    for cell in children {
                        if let Qti::Group { group, children } = cell {
                            let header = *group == Group::HeaderCell;
                            cells.push(Cell { header, content: self.blocks(children) });
                        }
                    }
                    rows.push(cells);
                }
                Group::Caption => children.iter().for_each(|child| self.inline(child, caption)),
                _ => self.rows(children, rows, caption),
            }
        }
    }

    fn inline(&mut self, piece: &Qti, into: &mut Vec<Inline>) {
        let inner = |reader: &mut Self, children: &[Qti]| {
            let mut content = Vec::new();
            children.iter().for_each(|child| reader.inline(child, &mut content));
            content
        };
        match piece {
            Qti::Text(text) => into.push(Inline::Text { text: text.clone() }),
            Qti::Break => into.push(Inline::Break),
            Qti::Formula(text) => into.push(Inline::Maths { tex: text.clone(), display: false }),
            Qti::Image(figure) => {
                into.push(Inline::Image { asset: figure.source.clone(), alt: figure.alternative.clone() });
            }
            Qti::Link { children, .. } => {
                self.notes.lose("addresses of links");
                into.extend(inner(self, children));
            }
            Qti::Group { group, children } => match group {
                Group::Emphasis | Group::Italic => into.push(Inline::Emphasis { content: inner(self, children) }),
                Group::Strong | Group::Bold => into.push(Inline::Strong { content: inner(self, children) }),
                Group::Code | Group::Sample | Group::Keyboard => into.push(Inline::Code { text: plain(children) }),
                Group::Subscript => into.push(Inline::Subscript { content: inner(self, children) }),
                Group::Superscript => into.push(Inline::Superscript { content: inner(self, children) }),
                other => {
                    self.notes.lose(format!("<{}>: its content was kept", other.element()));
                    into.extend(inner(self, children));
                }
            },
            Qti::Interaction(_) | Qti::Gap { .. } => {
                into.extend((self.gap)(piece).map(|number| Inline::Gap { number }))
            }
            Qti::Media(_) => self.notes.fault("it shows sound, film or another file, which native items do not have"),
            Qti::PrintedVariable { .. } => self.notes.fault("its text shows the value of a variable"),
            Qti::Template(_) => self.notes.fault("parts of it depend on variables of a template"),
            Qti::Hottext { .. } => self.notes.fault("text is chosen within a text, which native items do not have"),
            Qti::Feedback(_) => self.notes.lose("feedback"),
            Qti::Rubric(_) | Qti::Separator => self.notes.lose("a part within a line that belongs elsewhere"),
        }
    }
}

fn close(open: &mut Vec<Inline>, into: &mut Vec<Block>) {
    let content = std::mem::take(open);
    let blank = |inline: &Inline| matches!(inline, Inline::Text { text } if text.trim().is_empty());
    if !content.iter().all(blank) {
        into.push(Block::Paragraph { content });
    }
}

fn is_block(group: Group) -> bool {
    matches!(
        group,
        Group::Paragraph
            | Group::Division
            | Group::Heading1
            | Group::Heading2
            | Group::Heading3
            | Group::Heading4
            | Group::Heading5
            | Group::Heading6
            | Group::Preformatted
            | Group::BlockQuotation
            | Group::UnorderedList
            | Group::OrderedList
            | Group::DefinitionList
            | Group::ListItem
            | Group::Term
            | Group::Definition
            | Group::Table
            | Group::FigureGroup
            | Group::FigureCaption
    )
}

/// Text without structure.
fn plain(content: &[Qti]) -> String {
    content
        .iter()
        .map(|piece| match piece {
            Qti::Text(text) | Qti::Formula(text) => text.clone(),
            Qti::Break => "\n".to_owned(),
            Qti::Group { children, .. } | Qti::Link { children, .. } => plain(children),
            _ => String::new(),
        })
        .collect()
}
