"""What a term of a plan document is: its default, bounds, unit and one line of help, declared once.

The plan file, the error sentence, the JSON schema, a control on the screen and its help text all read the declaration.
A refusal says where, what must hold and what came, in one sentence.
"""

from collections.abc import Callable, Mapping
from functools import cache, wraps
from itertools import chain
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Literal, Self, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, Strict, ValidationError, field_validator, model_validator
from pydantic.fields import FieldInfo

from calc.plan.errors import Refused, error_sentences, quote_value
from calc.plan.visible_text import visible_text

LARGEST_NUMBER = 1e15
"""The largest size of any number in a plan; beyond it money is not exact to the cent."""
FiniteNumber = Annotated[float, Strict(), Field(allow_inf_nan=False)]
"""A finite number; text and true/false are refused, never converted."""
Whole = Annotated[int, Strict()]
Point = tuple[FiniteNumber, FiniteNumber]
Of = Literal["attainment", "result"]
Reached = Literal["at", "above"]
Pays = Literal["share", "money"]
Better = Literal["higher", "lower"]

SLACK = 0.5e-9
"""Half of the ninth decimal of attainment: a plan behaves as if attainment were rounded to 9 decimals."""

CHECKED, BOUNDED = "is_checked", "is_bounded"
"""Where a group of terms keeps that its own check has passed, and that its numbers are within bounds; no terms."""
Some = TypeVar("Some", bound=BaseModel)


def term(
    default: Any = ..., *, unit: str = "", help: str, slider: tuple[float, float] | None = None, **more: Any
) -> Any:
    """A field with its bounds (ge, gt, le, lt, max_length, ...), unit and one line of help.

    Args:
        default: its default; required when left out.
        unit: the unit in words, for the screen and the schema.
        help: one line that a sales leader understands.
        slider: the range that a control offers where it is narrower than the bounds.
    """
    extra: dict[str, Any] = {"unit": unit} | ({"slider": list(slider)} if slider else {})
    return Field(default, description=help, json_schema_extra=extra, **more)


def checked_once(check: Callable[[Some], None]) -> Callable[[Some], Some]:
    """A check of a frozen group of terms as a validator that is run once for each group.

    Pydantic validates a group of its own `__init__` twice, and again in every group that takes it in.
    """

    @wraps(check)
    def checked(group: Some) -> Some:
        if CHECKED not in group.__dict__:
            check(group)
            group.__dict__[CHECKED] = True
        return group

    return checked


class Terms(BaseModel):
    """A frozen group of terms; an unknown name is refused, with the nearest known one.

    Raises:
        Refused: one sentence for each term that does not hold.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, hide_input_in_errors=True)

    def __init__(self, **data: Any) -> None:
        try:
            super().__init__(**data)
        except ValidationError as error:
            raise Refused(error_sentences(error, type(self), data)) from None

    def model_post_init(self, _: Any) -> None:
        """A kind is always written down: without it a document could not be read back."""
        kind = type(self).model_fields.get("kind")
        if kind is not None and len(get_args(kind.annotation)) == 1:
            self.model_fields_set.add("kind")

    @field_validator("*", mode="after")
    @classmethod
    def _keep_visible(cls, value: Any) -> Any:
        """Text keeps nothing that cannot be seen."""
        return visible_text(value) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _can_be_paid(self) -> Self:
        held = self.__dict__
        if BOUNDED in held:  # pydantic asks again wherever a group is taken in
            return self
        for name in type(self).model_fields:
            value = held[name]
            if value is None or isinstance(value, str | BaseModel):
                continue
            largest = _largest_number(value)
            if largest > LARGEST_NUMBER:
                raise ValueError(f"{name} must be at most {LARGEST_NUMBER:g} in size (got {quote_value(largest)})")
        held[BOUNDED] = True
        return self

    @classmethod
    def read(cls, document: Any) -> Self:
        """The terms in a document of plain dicts and lists.

        Raises:
            Refused: one sentence for each term that does not hold.
        """
        try:
            return cls.model_validate(document)
        except ValidationError as error:
            raise Refused(error_sentences(error, cls, document)) from None

    def completed(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Changes with what they cannot do without, where terms come and go together; for what is typed one by one."""
        return dict(changes)

    def changed(self, **changes: Any) -> Self:
        """The same terms but for the changes, checked anew."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        return type(self)(**(given | changes))


@cache
def terms_of(model: type[BaseModel]) -> Mapping[str, FieldInfo]:
    """The declared terms of a model by the name they have in a plan file."""
    return MappingProxyType({info.alias or name: info for name, info in model.model_fields.items()})


def unit_of(info: FieldInfo) -> str:
    """The unit of a term in words; "" where it has none."""
    extra = info.json_schema_extra
    return str(extra.get("unit", "")) if isinstance(extra, dict) else ""


def is_number(info: FieldInfo) -> bool:
    """Whether a term is one number, or may be left out and is one else."""
    return _types_of(info.annotation) in (frozenset({float}), frozenset({int}))


def is_choice(info: FieldInfo) -> bool:
    """Whether a term is one of a few words."""
    return _types_of(info.annotation) == {Literal}


def is_single_term(info: FieldInfo) -> bool:
    """Whether a term is one number, word, choice, or yes or no."""
    return _types_of(info.annotation) <= {float, int, str, bool, Literal}


def _types_of(annotation: Any) -> frozenset[Any]:
    """The types that a term may have beside none; `Literal` for a choice, `tuple` for a list."""
    origin = get_origin(annotation)
    if origin in (Union, UnionType):
        return frozenset[Any]().union(*map(_types_of, get_args(annotation)))
    if origin is Annotated:
        return _types_of(get_args(annotation)[0])
    return frozenset() if annotation is NoneType else frozenset({origin or annotation})


def _largest_number(value: Any) -> float:
    """The size of the largest number in a term: itself, or one in lists and tables of them; 0 where it has none."""
    if isinstance(value, dict):
        value = tuple(value.values())
    if not isinstance(value, tuple):
        return abs(value) if isinstance(value, float) or type(value) is int else 0.0
    largest = 0.0
    level: tuple[Any, ...] = (value,)
    while level:
        sizes = [abs(part) for part in level if isinstance(part, float) or type(part) is int]
        largest = max(largest, max(sizes, default=0.0))
        level = tuple(chain.from_iterable([part for part in level if isinstance(part, tuple)]))
    return largest
