"""What the kits do by the clock."""

from bothways.kits.actions.prompts import clear_unused_prompt
from bothways.kits.queries.prompts import unused_prompts
from bothways.work.registry import periodic


@periodic("kits.clear_prompts", minutes=24 * 60)
def clear_prompts() -> None:
    """Delete recorded prompts that nothing has used for a week."""
    for prompt in unused_prompts():
        clear_unused_prompt(prompt=prompt)
