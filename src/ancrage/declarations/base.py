"""What every declaration is: immutable, strict, named by an identifier."""

from pydantic import BaseModel, ConfigDict

ID = r"^[a-z][a-z0-9_]*$"


class Declared(BaseModel):
    """Base of the declarations: immutable, strict; a validator is only built when something is read."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
