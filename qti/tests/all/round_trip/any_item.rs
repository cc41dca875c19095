//! Any item there can be, in the form that reading gives.

use proptest::{collection::vec, option, prelude::*};
use qti::{RoundingMode, model::*};

fn identifier() -> impl Strategy<Value = String> {
    "[A-Za-z_][A-Za-z0-9_.-]{0,6}"
}

/// Text as people write it, with the signs that XML minds.
fn words() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9 <>&\"'äß€😀\u{a0}]{1,12}"
}

/// An attribute's text: white space counts in it.
fn attribute() -> impl Strategy<Value = String> {
    "[a-z<>&\"'\n\t\r é]{1,10}"
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![(-1000..1000_i32).prop_map(f64::from), any::<f64>().prop_filter("finite", |number| number.is_finite())]
}

fn base_type() -> impl Strategy<Value = BaseType> {
    prop::sample::select(vec![
        BaseType::Boolean,
        BaseType::Point,
        BaseType::DirectedPair,
        BaseType::Duration,
        BaseType::File,
        BaseType::Float,
        BaseType::Identifier,
        BaseType::Integer,
        BaseType::Pair,
        BaseType::String,
        BaseType::Uri,
    ])
}

fn scalar(base_type: BaseType) -> BoxedStrategy<Scalar> {
    match base_type {
        BaseType::Boolean => any::<bool>().prop_map(Scalar::Boolean).boxed(),
        BaseType::Integer => any::<i64>().prop_map(Scalar::Integer).boxed(),
        BaseType::Float => number().prop_map(Scalar::Float).boxed(),
        BaseType::Duration => number().prop_map(Scalar::Duration).boxed(),
        BaseType::String => words().prop_map(Scalar::String).boxed(),
        BaseType::Identifier | BaseType::IntOrIdentifier => identifier().prop_map(Scalar::Identifier).boxed(),
        BaseType::Uri => identifier().prop_map(Scalar::Uri).boxed(),
        BaseType::File => identifier().prop_map(Scalar::File).boxed(),
        BaseType::Pair => (identifier(), identifier()).prop_map(|(a, b)| Scalar::Pair(a, b)).boxed(),
        BaseType::DirectedPair => (identifier(), identifier()).prop_map(|(a, b)| Scalar::DirectedPair(a, b)).boxed(),
        BaseType::Point => (number(), number()).prop_map(|(x, y)| Scalar::Point(x, y)).boxed(),
    }
}

fn value(cardinality: Cardinality, base_type: BaseType) -> BoxedStrategy<Value> {
    match cardinality {
        Cardinality::Single | Cardinality::Record => {
            option::of(scalar(base_type)).prop_map(|scalar| scalar.map_or(Value::Null, Value::single)).boxed()
        }
        Cardinality::Multiple => vec(scalar(base_type), 0..3).prop_map(Value::multiple).boxed(),
        Cardinality::Ordered => vec(scalar(base_type), 0..3).prop_map(Value::ordered).boxed(),
    }
}

fn shape() -> impl Strategy<Value = Shape> {
    prop_oneof![
        Just(Shape::Default),
        (number(), number(), number()).prop_map(|(x, y, r)| Shape::Circle(x, y, r)),
        (number(), number(), number(), number()).prop_map(|(a, b, c, d)| Shape::Rect(a, b, c, d)),
        (number(), number(), number(), number()).prop_map(|(a, b, c, d)| Shape::Ellipse(a, b, c, d)),
        vec((number(), number()), 3..6)
            .prop_filter("open", |corners| corners.first() != corners.last())
            .prop_map(Shape::Poly),
    ]
}

fn parameter<T: std::fmt::Debug + 'static>(
    value: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Parameter<T>> {
    prop_oneof![
        value.prop_map(Parameter::Value),
        "[A-Z]{1,4}".prop_filter("no number", |name| name != "INF").prop_map(Parameter::Variable)
    ]
}

fn bounds() -> impl Strategy<Value = Bounds> {
    let tolerance = || parameter((0..1000_u32).prop_map(|number| f64::from(number) / 8.0));
    (tolerance(), tolerance(), any::<bool>(), any::<bool>())
        .prop_map(|(lower, upper, include_lower, include_upper)| Bounds { lower, upper, include_lower, include_upper })
}

fn operator() -> impl Strategy<Value = Operator> {
    let plain = prop::sample::select(vec![
        Operator::And,
        Operator::Or,
        Operator::Not,
        Operator::IsNull,
        Operator::Multiple,
        Operator::Ordered,
        Operator::ContainerSize,
        Operator::Random,
        Operator::Member,
        Operator::Delete,
        Operator::Contains,
        Operator::Match,
        Operator::Lt,
        Operator::Gt,
        Operator::Lte,
        Operator::Gte,
        Operator::DurationLt,
        Operator::DurationGte,
        Operator::Sum,
        Operator::Product,
        Operator::Min,
        Operator::Max,
        Operator::Gcd,
        Operator::Lcm,
        Operator::Subtract,
        Operator::Divide,
        Operator::Power,
        Operator::IntegerDivide,
        Operator::IntegerModulus,
        Operator::Truncate,
        Operator::Round,
        Operator::IntegerToFloat,
        Operator::IsTypeOf,
        Operator::Math(MathFunction::Atan2),
        Operator::Math(MathFunction::Acot),
        Operator::Stats(Statistic::SampleSd),
        Operator::Index(None),
        Operator::Equal(Tolerance::Exact),
        Operator::PatternMatch { pattern: None, case_sensitive: false },
    ]);
    let rounding = || {
        let mode = prop::sample::select(vec![RoundingMode::DecimalPlaces, RoundingMode::SignificantFigures]);
        (mode, parameter(1..9_i64)).prop_map(|(mode, figures)| Rounding { mode, figures })
    };
    prop_oneof![
        4 => plain,
        1 => (parameter(any::<i64>()), parameter(any::<i64>())).prop_map(|(min, max)| Operator::AnyN { min, max }),
        1 => parameter(any::<i64>()).prop_map(|place| Operator::Index(Some(place))),
        1 => parameter(any::<i64>()).prop_map(Operator::Repeat),
        1 => identifier().prop_map(Operator::FieldValue),
        1 => any::<bool>().prop_map(|case_sensitive| Operator::Substring { case_sensitive }),
        1 => (any::<bool>(), any::<bool>()).prop_map(|(case_sensitive, substring)| Operator::StringMatch { case_sensitive, substring }),
        1 => (parameter("[a-z]{1,3}[+*]?".prop_map(String::from)), any::<bool>())
            .prop_map(|(pattern, case_sensitive)| Operator::PatternMatch { pattern: Some(pattern), case_sensitive }),
        1 => bounds().prop_map(|bounds| Operator::Equal(Tolerance::Absolute(bounds))),
        1 => bounds().prop_map(|bounds| Operator::Equal(Tolerance::Relative(bounds))),
        1 => rounding().prop_map(Operator::RoundTo),
        1 => rounding().prop_map(Operator::EqualRounded),
        1 => shape().prop_map(Operator::Inside),
    ]
}

fn table() -> impl Strategy<Value = LookupTable> {
    let target = || {
        option::of(number())
            .prop_map(|number| number.map_or(Value::Null, |number| Value::Single(Scalar::Float(number))))
    };
    prop_oneof![
        (target(), vec((any::<i64>(), target()), 0..3)).prop_map(|(default, entries)| LookupTable::Match {
            default,
            entries: entries.into_iter().map(|(source, target)| MatchEntry { source, target }).collect(),
        }),
        (target(), vec((number(), any::<bool>(), target()), 0..3)).prop_map(|(default, entries)| {
            LookupTable::Interpolation {
                default,
                entries: entries
                    .into_iter()
                    .map(|(source, include_boundary, target)| Interpolation { source, include_boundary, target })
                    .collect(),
            }
        }),
    ]
}

fn expression() -> impl Strategy<Value = Expression> {
    let leaf = prop_oneof![
        Just(Expression::Null),
        base_type().prop_flat_map(|base_type| {
            value(Cardinality::Single, base_type).prop_map(move |value| Expression::BaseValue { base_type, value })
        }),
        (identifier(), option::of(identifier()))
            .prop_map(|(identifier, weight)| Expression::Variable { identifier, weight }),
        identifier().prop_map(Expression::Correct),
        identifier().prop_map(Expression::Default),
        identifier().prop_map(Expression::MapResponse),
        identifier().prop_map(Expression::MapResponsePoint),
        Just(Expression::MathConstant(MathConstant::E)),
        (parameter(any::<i64>()), parameter(any::<i64>()), parameter(any::<i64>()))
            .prop_map(|(min, max, step)| Expression::RandomInteger { min, max, step }),
        (parameter(number()), parameter(number())).prop_map(|(min, max)| Expression::RandomFloat { min, max }),
        (option::of(identifier()), vec(identifier(), 0..2), identifier()).prop_map(|(section, include, outcome)| {
            let items = ItemSubset { section, include, exclude: Vec::new() };
            Expression::OutcomeMaximum { items, outcome, weight: None }
        }),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            6 => (operator(), vec(inner.clone(), 3)).prop_map(|(operator, mut operands)| {
                let (least, most) = operator.arity();
                operands.truncate(most.min(least.max(2)));
                operands.truncate(most);
                Expression::Apply { operator, operands }
            }),
            1 => vec((identifier(), inner.clone()), 0..3).prop_map(Expression::Record),
            1 => (table(), inner).prop_map(|(table, source)| Expression::Lookup { table, source: Box::new(source) }),
        ]
    })
}

fn rules() -> impl Strategy<Value = Vec<Rule>> {
    let set = prop_oneof![
        (identifier(), expression()).prop_map(|(identifier, value)| Rule::SetOutcome { identifier, value }),
        (identifier(), expression()).prop_map(|(identifier, source)| Rule::LookupOutcome { identifier, source }),
        (identifier(), expression()).prop_map(|(identifier, value)| Rule::SetResponse { identifier, value }),
        (identifier(), option::of(expression())).prop_map(|(identifier, value)| Rule::SetDefault { identifier, value }),
        Just(Rule::Exit),
    ];
    let rule = set.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Rule::Fragment),
            (vec((expression(), vec(inner.clone(), 0..2)), 0..3), vec(inner, 0..2)).prop_map(
                |(branches, otherwise)| {
                    let branches = branches.into_iter().map(|(condition, rules)| Branch { condition, rules }).collect();
                    Rule::Condition { branches, otherwise }
                }
            ),
        ]
    });
    vec(rule, 0..4)
}

fn group() -> impl Strategy<Value = Group> {
    prop::sample::select(vec![
        Group::Paragraph,
        Group::Division,
        Group::Heading3,
        Group::Preformatted,
        Group::UnorderedList,
        Group::ListItem,
        Group::Table,
        Group::Row,
        Group::Cell,
        Group::Emphasis,
        Group::Code,
        Group::Superscript,
        Group::BlockQuotation,
    ])
}

fn figure() -> impl Strategy<Value = Figure> {
    (identifier(), attribute(), option::of(any::<u32>())).prop_map(|(source, alternative, width)| Figure {
        source,
        alternative,
        width,
        height: None,
    })
}

fn feedback(inner: impl Strategy<Value = Content>) -> impl Strategy<Value = Feedback> {
    (any::<bool>(), identifier(), identifier(), any::<bool>(), vec(inner, 0..3)).prop_map(
        |(inline, outcome, identifier, show, children)| Feedback { inline, outcome, identifier, show, children },
    )
}

/// Any content; not normalised.
pub(crate) fn content() -> impl Strategy<Value = Vec<Content>> {
    let leaf = prop_oneof![
        4 => words().prop_map(Content::Text),
        1 => "[ \n\t]{0,3}".prop_map(Content::Text),
        1 => Just(Content::Break),
        1 => Just(Content::Separator),
        1 => figure().prop_map(Content::Image),
        1 => words().prop_map(Content::Formula),
        1 => (identifier(), option::of(attribute())).prop_map(|(identifier, format)| Content::PrintedVariable { identifier, format }),
        1 => (identifier(), any::<bool>()).prop_map(|(identifier, required)| Content::Gap { identifier, required }),
    ];
    let piece = leaf.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            5 => (group(), vec(inner.clone(), 0..4)).prop_map(|(group, children)| Content::Group { group, children }),
            1 => (identifier(), vec(inner.clone(), 0..3)).prop_map(|(href, children)| Content::Link { href, children }),
            1 => (identifier(), vec(inner.clone(), 0..3)).prop_map(|(identifier, children)| Content::Hottext { identifier, children }),
            1 => feedback(inner.clone()).prop_map(Content::Feedback),
            1 => feedback(inner.clone()).prop_map(Content::Template),
            1 => (vec(identifier(), 0..2), option::of(identifier()), vec(inner.clone(), 0..3))
                .prop_map(|(view, purpose, children)| Content::Rubric(Rubric { view, purpose, children })),
            1 => (identifier(), vec(inner.clone(), 0..2)).prop_map(|(source, fallback)| {
                let kind = Some("audio/mpeg".to_owned());
                Content::Media(Media { source, kind, width: None, height: Some(3), fallback })
            }),
            2 => (vec(inner.clone(), 0..2), kind(inner)).prop_map(|(prompt, kind)| {
                Content::Interaction(Box::new(Interaction { response: "RESPONSE".to_owned(), prompt, kind }))
            }),
        ]
    });
    vec(piece, 0..5)
}

fn limits() -> impl Strategy<Value = Limits> {
    (0..3_u32, 0..5_u32).prop_map(|(min, max)| Limits { min, max })
}

fn visibility() -> impl Strategy<Value = Option<Visibility>> {
    option::of((identifier(), any::<bool>()).prop_map(|(variable, show)| Visibility { variable, show }))
}

fn choices(content: impl Strategy<Value = Content> + Clone, paired: bool) -> impl Strategy<Value = Vec<Choice>> {
    let choice = (any::<bool>(), limits(), vec(identifier(), 0..2), visibility(), vec(content, 0..3));
    vec(choice, 1..4).prop_map(move |choices| {
        let named =
            choices.into_iter().enumerate().map(|(at, (fixed, limits, match_group, visibility, content))| Choice {
                identifier: format!("C{at}"),
                fixed,
                limits: paired.then_some(limits),
                match_group,
                visibility,
                content,
            });
        named.collect()
    })
}

fn areas(paired: bool) -> impl Strategy<Value = Vec<Area>> {
    let area = (identifier(), shape(), option::of(attribute()), limits(), visibility());
    vec(area, 1..3).prop_map(move |areas| {
        let area = |(identifier, shape, label, limits, visibility)| Area {
            identifier,
            shape,
            label,
            limits: paired.then_some(limits),
            visibility,
        };
        areas.into_iter().map(area).collect()
    })
}

fn graphic() -> impl Strategy<Value = Graphic> {
    (figure(), any::<bool>()).prop_map(|(mut figure, object)| {
        // An object says what it shows by its text, in which line breaks are white space.
        if object {
            figure.alternative = figure.alternative.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        Graphic { figure, kind: object.then(|| "image/png".to_owned()) }
    })
}

fn gap_choices(content: impl Strategy<Value = Content>) -> impl Strategy<Value = Vec<GapChoice>> {
    (vec(content, 0..2), limits(), visibility(), any::<bool>()).prop_map(|(content, limits, visibility, image)| {
        vec![GapChoice { identifier: "G".to_owned(), limits, match_group: Vec::new(), visibility, image, content }]
    })
}

fn kind(content: impl Strategy<Value = Content> + Clone + 'static) -> impl Strategy<Value = Kind> {
    prop_oneof![
        (any::<bool>(), limits(), choices(content.clone(), false))
            .prop_map(|(shuffle, limits, choices)| Kind::Choice { shuffle, limits, choices }),
        (any::<bool>(), any::<bool>(), choices(content.clone(), false))
            .prop_map(|(shuffle, required, choices)| Kind::InlineChoice { shuffle, required, choices }),
        (option::of(any::<u32>()), option::of(attribute())).prop_map(|(expected_length, pattern)| Kind::TextEntry {
            expected_length,
            pattern,
            placeholder: None
        }),
        (limits(), option::of(any::<u32>())).prop_map(|(limits, expected_lines)| Kind::ExtendedText {
            limits,
            expected_length: None,
            expected_lines,
            pattern: None,
            format: None,
            placeholder: None,
        }),
        (any::<bool>(), limits(), choices(content.clone(), false)).prop_map(|(shuffle, limits, choices)| Kind::Order {
            shuffle,
            limits,
            choices
        }),
        (any::<bool>(), limits(), choices(content.clone(), true))
            .prop_map(|(shuffle, limits, choices)| Kind::Associate { shuffle, limits, choices }),
        (any::<bool>(), limits(), choices(content.clone(), true), choices(content.clone(), true))
            .prop_map(|(shuffle, limits, rows, columns)| Kind::Match { shuffle, limits, rows, columns }),
        (any::<bool>(), limits(), gap_choices(content.clone()), vec(content.clone(), 0..4))
            .prop_map(|(shuffle, limits, choices, content)| Kind::GapMatch { shuffle, limits, choices, content }),
        (limits(), vec(content.clone(), 0..4)).prop_map(|(limits, content)| Kind::Hottext { limits, content }),
        (limits(), graphic(), areas(false)).prop_map(|(limits, image, areas)| Kind::Hotspot { limits, image, areas }),
        (limits(), graphic(), areas(false)).prop_map(|(limits, image, areas)| Kind::GraphicOrder {
            limits,
            image,
            areas
        }),
        (limits(), graphic(), areas(true)).prop_map(|(limits, image, areas)| Kind::GraphicAssociate {
            limits,
            image,
            areas
        }),
        (limits(), graphic(), gap_choices(content), areas(true))
            .prop_map(|(limits, image, choices, areas)| Kind::GraphicGapMatch { limits, image, choices, areas }),
        (limits(), graphic()).prop_map(|(limits, image)| Kind::SelectPoint { limits, image }),
        (limits(), option::of(graphic()), graphic(), option::of((number(), number())))
            .prop_map(|(limits, stage, image, centre)| Kind::PositionObject { limits, stage, image, centre }),
        (number(), number(), option::of(number()), any::<bool>()).prop_map(|(lower, upper, step, vertical)| {
            Kind::Slider { lower, upper, step, step_label: !vertical, vertical, reverse: vertical }
        }),
        vec(identifier(), 0..2).prop_map(|types| Kind::Upload { types }),
        attribute().prop_map(|title| Kind::EndAttempt { title }),
    ]
}

fn mapping(base_type: BaseType) -> impl Strategy<Value = Mapping> {
    let string = base_type == BaseType::String;
    let entry = (scalar(base_type), number(), any::<bool>()).prop_map(move |(key, value, case_sensitive)| MapEntry {
        key,
        value,
        case_sensitive: case_sensitive || !string,
    });
    (number(), option::of(number()), option::of(number()), vec(entry, 0..4))
        .prop_map(|(default, lower_bound, upper_bound, entries)| Mapping { default, lower_bound, upper_bound, entries })
}

fn declared() -> impl Strategy<Value = ResponseDeclaration> {
    let cardinality = prop::sample::select(vec![Cardinality::Single, Cardinality::Multiple, Cardinality::Ordered]);
    (cardinality, base_type()).prop_flat_map(|(cardinality, base_type)| {
        let area = (shape(), number()).prop_map(|(shape, value)| AreaEntry { shape, value });
        let area_mapping = vec(area, 0..3).prop_map(|entries| AreaMapping {
            default: 0.5,
            lower_bound: None,
            upper_bound: Some(2.0),
            entries,
        });
        let values = || option::of(value(cardinality, base_type));
        (values(), values(), option::of(mapping(base_type)), option::of(area_mapping)).prop_map(
            move |(default, correct, mapping, area_mapping)| ResponseDeclaration {
                identifier: "RESPONSE".to_owned(),
                cardinality,
                base_type: Some(base_type),
                default,
                correct,
                mapping,
                area_mapping,
            },
        )
    })
}

fn outcome() -> impl Strategy<Value = OutcomeDeclaration> {
    let lookup = option::of(table());
    (option::of(number()), option::of(number()), option::of(attribute()), vec(identifier(), 0..3), lookup).prop_map(
        |(default, normal_maximum, interpretation, view, lookup)| OutcomeDeclaration {
            identifier: "SCORE".to_owned(),
            cardinality: Cardinality::Single,
            base_type: Some(BaseType::Float),
            default: default.map(|number| Value::Single(Scalar::Float(number))),
            normal_maximum,
            normal_minimum: None,
            mastery: None,
            external_scored: None,
            interpretation,
            view,
            lookup,
        },
    )
}

/// Any item, normalised.
pub(crate) fn item() -> impl Strategy<Value = Item> {
    let processing = prop_oneof![
        Just(None),
        Just(Some(ResponseProcessing::Template(Template::MapResponse))),
        rules().prop_map(|rules| Some(ResponseProcessing::Rules(rules))),
    ];
    let modal =
        (option::of(attribute()), feedback(words().prop_map(Content::Text))).prop_map(|(title, mut feedback)| {
            feedback.inline = false;
            qti::read::normalise(&mut feedback.children);
            ModalFeedback { title, feedback }
        });
    let head = (identifier(), attribute(), option::of(attribute()), any::<bool>());
    (head, declared(), outcome(), content(), processing, rules(), vec(modal, 0..2)).prop_map(
        |((identifier, title, label, adaptive), response, outcome, mut body, processing, outcome_processing, modal)| {
            qti::read::normalise(&mut body);
            Item {
                identifier,
                title,
                label,
                language: Some("en".to_owned()),
                adaptive,
                responses: vec![response],
                outcomes: vec![outcome],
                body,
                response_processing: processing,
                outcome_processing,
                modal_feedback: modal,
                ..Item::default()
            }
        },
    )
}
