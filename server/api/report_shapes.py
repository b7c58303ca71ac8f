"""What a report and a statement of hours look like on the wire (SPEC Z)."""

from marshmallow import Schema, fields, validate


class ReportLine(Schema):
    """A report that the person's role reads. `missing` names kinds of record that it needs and nobody records yet."""

    key = fields.String(required=True)
    title = fields.String(required=True)
    formula = fields.String(required=True)
    inputs = fields.List(fields.String(), required=True)
    missing = fields.List(fields.String(), required=True)


class ReportList(Schema):
    """`reader`: W of one's own cases, L of the team's or the organisation's, C of those that one pays for."""

    reader = fields.String(required=True, validate=validate.OneOf(["W", "L", "C"]))
    reports = fields.List(fields.Nested(ReportLine), required=True)


class PeriodShape(Schema):
    start = fields.String(required=True, data_key="from", attribute="from")
    end = fields.String(required=True, data_key="to", attribute="to")


class ReportRecord(Schema):
    case = fields.String(required=True)
    record = fields.String(required=True)
    kind = fields.String(required=True)


def _number() -> fields.Float:
    return fields.Float(required=True, allow_none=True)


class FigureShape(Schema):
    """`value` is rounded to `decimals`; null is an empty denominator ("–"), or hidden: then `hidden` says how it reads.
    `cases` and `records` (of the figure asked for by `behind`) are not there for a commissioner."""

    key = fields.String(required=True)
    label = fields.String(required=True)
    value = _number()
    hidden = fields.String(required=True, allow_none=True)
    unit = fields.String(required=True)
    decimals = fields.Integer(required=True)
    numerator = _number()
    denominator = _number()
    cases = fields.List(fields.String())
    records = fields.List(fields.Nested(ReportRecord))


class ColumnShape(Schema):
    """`sort` is `label`, `text`, `day`, or the unit of its numbers."""

    key = fields.String(required=True)
    label = fields.String(required=True)
    sort = fields.String(required=True)
    decimals = fields.Integer(required=True)


class RowShape(Schema):
    """A cell is text, a number or null; text in a column of numbers is how a hidden one reads."""

    key = fields.String(required=True)
    cells = fields.List(fields.Raw(allow_none=True), required=True)
    is_total = fields.Boolean(required=True)
    cases = fields.List(fields.String())


class TableShape(Schema):
    key = fields.String(required=True)
    label = fields.String(required=True)
    columns = fields.List(fields.Nested(ColumnShape), required=True)
    rows = fields.List(fields.Nested(RowShape), required=True)


class LeftOut(Schema):
    """`count` is null where it is too small to be told."""

    key = fields.String(required=True)
    label = fields.String(required=True)
    count = fields.Integer(required=True, allow_none=True)


class FigureBefore(Schema):
    key = fields.String(required=True)
    value = _number()
    hidden = fields.String(required=True, allow_none=True)


class Before(PeriodShape):
    n = fields.Integer(required=True, allow_none=True)
    figures = fields.List(fields.Nested(FigureBefore), required=True)


class FilterValue(Schema):
    value = fields.String(required=True)
    label = fields.String(required=True)


class FilterShape(Schema):
    """`name` is a parameter of the query; `values` are those that the reader's cases have."""

    name = fields.String(required=True)
    values = fields.List(fields.Nested(FilterValue), required=True)


class ReportReply(Schema):
    """`note` says in words why it cannot be computed: then there are no figures, rather than zeros."""

    key = fields.String(required=True)
    title = fields.String(required=True)
    formula = fields.String(required=True)
    inputs = fields.List(fields.String(), required=True)
    missing = fields.List(fields.String(), required=True)
    note = fields.String(required=True, allow_none=True)
    period = fields.Nested(PeriodShape, required=True)
    n = fields.Integer(required=True, allow_none=True)
    left_out = fields.List(fields.Nested(LeftOut), required=True)
    figures = fields.List(fields.Nested(FigureShape), required=True)
    tables = fields.List(fields.Nested(TableShape), required=True)
    filters = fields.List(fields.Nested(FilterShape), required=True)
    before = fields.Nested(Before, required=True, allow_none=True)


class StatementLine(Schema):
    """An entry; of one that was not delivered no minutes."""

    record = fields.String(required=True)
    day = fields.String(required=True)
    visit_kind = fields.String(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)
    direct_minutes = fields.Integer(required=True)
    indirect_minutes = fields.Integer(required=True)


class Chain(Schema):
    """Where the log of the case file stood, of which it was computed."""

    length = fields.Integer(required=True)
    head = fields.String(required=True)


class OtherChain(Chain):
    """The same of another file of a client who was entered twice."""

    file = fields.String(required=True)


class StatementReply(Schema):
    """`ovikello statement verify` computes it again from the log. Minutes are summed before hours are rounded."""

    version = fields.Integer(required=True)
    organisation = fields.String(required=True)
    decision = fields.String(required=True)
    month = fields.String(required=True)
    client = fields.String(required=True, allow_none=True)
    contracted_hours = fields.Float(required=True)
    direct_minutes = fields.Integer(required=True)
    indirect_minutes = fields.Integer(required=True)
    delivered_hours = fields.Float(required=True)
    remaining_hours = fields.Float(required=True)
    not_delivered = fields.Integer(required=True)
    lines = fields.List(fields.Nested(StatementLine), required=True)
    chain = fields.Nested(Chain, required=True)
    other_chains = fields.List(fields.Nested(OtherChain))
