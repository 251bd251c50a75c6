"""A shell script as a list of its commands, for rules to look at.

`read` follows the grammar of Bash as far as rules need it, in linear time, and runs nothing. All
offsets are 0-based and count characters of the script.
"""

from __future__ import annotations

import re

from validator.shell.remembered import remembered
from validator.shell.syntax import Command, Compound, Item, Redirection, Script
from validator.shell.words import Unreadable, Word, WordReader, compiled

_END_OF_WORD = r"(?=[ \t\n;&|()<>]|\\\n|\Z)"
_OPENING = r"(?:if|while|until|for|select|case|function|\{)" + _END_OF_WORD + r"|\((?!\()"
_CLOSING = r"\)|;;&|;;|;&|(?:then|elif|else|fi|do|done|esac|\}|\]\])" + _END_OF_WORD
_PREFIX = r"(?:!|time(?:[ \t]+-p)?)" + _END_OF_WORD
_OPERATOR = r"&&|\|\||\|&|\||&|;(?![;&])"
_REDIRECTION = r"(?:\d+|\{\w+\})?(?:<<<|<<-?|<>|<&|>>|>&|>\||[<>](?!\())|&>>?"
_HEREDOC = r"(?:\d+|\{\w+\})?<<-?"
_ASSIGNMENT = r"[A-Za-z_]\w*(?:\[[^\]]*\])?\+?="
_NAME = r"[^ \t\n|&;()<>\\'\"`$=]+"
_EMPTY_BRACKETS = r"[ \t]*\([ \t]*\)"
_IN = r"in" + _END_OF_WORD
_ESAC = r"esac" + _END_OF_WORD
_DO = r"(?:do|\{)" + _END_OF_WORD
_TEST_ENDS = r"\]\]" + _END_OF_WORD


def read(text: str) -> Script | None:
    """The commands of a script; None if it is not complete, or is nested too deep.

    It is the same object for the same text, so it must not be changed.
    """
    return _read_once(text)


def _read(text: str) -> Script | None:
    reader = _Reader(text)
    try:
        items = reader.script()
    except Unreadable:
        return None
    return Script(reader.commands, reader.compounds, items)


# Several rules look at the same script, one after another, and editors check the same ones again.
_read_once = remembered(_read)


class _Reader(WordReader):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.commands: list[Command] = []
        self.compounds: list[Compound] = []
        self._compound: Compound | None = None
        self._part = ""
        # Here-documents whose lines follow the next line break: delimiter, and whether of `<<-`.
        self._heredocs: list[tuple[str, bool]] = []

    def script(self) -> list[Item]:
        items: list[Item] = []
        self._list("body", ("",), items)
        return items

    def newlines(self) -> None:
        self.blanks()
        while self.looking_at("\n"):
            self._newline()
            self.blanks()

    def substitution(self, kind: str) -> None:
        start = self.at
        self.at += len(kind)
        self._inside(kind, start)

    def _newline(self) -> None:
        """Skip a line break, and the here-documents after it."""
        self.at += 1
        heredocs, self._heredocs = self._heredocs, []
        for delimiter, indented in heredocs:
            line = None
            while self.at < self.end and line != delimiter:
                end = self.text.find("\n", self.at, self.end)
                end = self.end if end < 0 else end
                line = self.text[self.at : end]
                line = line.lstrip("\t") if indented else line
                self.at = min(end + 1, self.end)

    def _take(self, pattern: str) -> str:
        """Read what matches at `at`; empty if nothing does."""
        found = compiled(pattern).match(self.text, self.at, self.end)
        if found is None:
            return ""
        self.at = found.end()
        return found[0]

    def _require(self, pattern: str) -> str:
        found = self._take(pattern)
        if not found:
            raise Unreadable
        return found

    def _require_word(self, *, in_test: bool = False) -> Word:
        self.blanks()
        word = self.word(in_test=in_test)
        if word is None:
            raise Unreadable
        return word

    def _list(self, part: str, ends: tuple[str, ...], items: list[Item] | None = None) -> str:
        """Read commands and what ends them, which is returned: one of `ends`."""
        self._part = part
        items = [] if items is None else items
        if self._compound is not None:
            self._compound.lists.append((part, items))
        before = ""
        while True:
            self.newlines()
            end = self._take(_CLOSING)
            if end or self.at == self.end:
                if end not in ends or before in ("&&", "||", "|"):
                    raise Unreadable
                if items:
                    items[-1].last = True
                return end
            if items and not before:
                raise Unreadable
            item = self._item()
            items.append(item)
            item.before = before
            self.blanks()
            before = self._take(_OPERATOR).replace("|&", "|")
            if not before and self.looking_at("\n"):
                before = ";"
            item.after = before

    def _item(self) -> Item:
        negated = False
        while prefix := self._take(_PREFIX):
            negated ^= prefix == "!"
            self.blanks()
        start = self.at
        kind = self._take(_OPENING)
        item: Item
        if kind:
            item = self._inside(kind, start)
        elif self._take(_NAME + _EMPTY_BRACKETS):
            self.at = start
            item = self._inside("function", start)
        else:
            item = self._simple_command()
        while self._redirection(item):
            pass
        item.negated = negated
        return item

    def _inside(self, kind: str, start: int) -> Compound:
        """Read a compound command from after what opens it to what closes it."""
        outer, part = self._compound, self._part
        compound = Compound(kind, start, outer, part)
        self.compounds.append(compound)
        self._compound, self._part = compound, "head"
        self.descend()
        if kind == "if":
            self._if()
        elif kind in ("while", "until"):
            self._list("condition", ("do",))
            self._list("body", ("done",))
        elif kind in ("for", "select"):
            self._for(compound)
        elif kind == "case":
            self._case(compound)
        elif kind == "function":
            self._function(compound)
        else:
            # What ends a command in backquotes is the end of what is read of the script.
            self._list("body", ({"{": "}", "`": ""}.get(kind, ")"),))
        self.ascend()
        self._compound, self._part = outer, part
        compound.end = self.at
        return compound

    def _simple_command(self) -> Command:
        command = Command(self.at, self._compound, self._part)
        self.commands.append(command)
        if self.looking_at("(("):
            self.arithmetic()
            text = self.text[command.start : self.at]
            command.words.append(Word(text, command.start, self.at, literal=False))
            command.end = self.at
            return command
        while True:
            if self._redirection(command):
                continue
            word = self.word()
            if word is None:
                break
            command.end = word.end
            if not command.words and self._is_assignment(word):
                command.assignments.append(word)
                continue
            command.words.append(word)
            if len(command.words) == 1 and self.text[word.start : word.end] == "[[":
                self._test(command)
        if command.end == command.start:
            raise Unreadable
        return command

    def _is_assignment(self, word: Word) -> bool:
        return compiled(_ASSIGNMENT).match(self.text, word.start, word.end) is not None

    def _redirection(self, item: Item) -> bool:
        """Read a redirection; whether there is one."""
        self.blanks()
        start = self.at
        # A look at the character saves most of the time that reading takes.
        first = self.text[start : min(start + 1, self.end)]
        operator = self._take(_REDIRECTION) if first and first in "<>&{0123456789" else ""
        if not operator:
            return False
        target = self._require_word()
        if re.fullmatch(_HEREDOC, operator):
            self._heredocs.append((target.text, operator[-1] == "-"))
        item.redirections.append(Redirection(operator, target, start, target.end))
        item.end = target.end
        return True

    def _test(self, command: Command) -> None:
        while True:
            self.newlines()
            start = self.at
            if self._take(_TEST_ENDS):
                command.words.append(Word("]]", start, self.at, literal=True))
                command.end = self.at
                return
            command.words.append(self._require_word(in_test=True))

    def _if(self) -> None:
        end = "elif"
        while end == "elif":
            self._list("condition", ("then",))
            end = self._list("body", ("elif", "else", "fi"))
        if end == "else":
            self._list("else", ("fi",))

    def _for(self, compound: Compound) -> None:
        self.blanks()
        if self.looking_at("(("):
            self.arithmetic()
        else:
            compound.words.append(self._require_word())
            self.newlines()
            if self._take(_IN):
                self.blanks()
                while (word := self.word()) is not None:
                    compound.words.append(word)
                    self.blanks()
        self.blanks()
        self._take(";")
        self.newlines()
        self._list("body", ("done",) if self._require(_DO) == "do" else ("}",))

    def _case(self, compound: Compound) -> None:
        compound.words.append(self._require_word())
        self.newlines()
        self._require(_IN)
        end = ""
        while end != "esac":
            self.newlines()
            if self._take(_ESAC):
                return
            self._take(r"\(")
            self._require_word()
            self.blanks()
            while self._take(r"\|"):
                self._require_word()
                self.blanks()
            self._require(r"\)")
            end = self._list("body", (";;", ";&", ";;&", "esac"))

    def _function(self, compound: Compound) -> None:
        compound.words.append(self._require_word())
        self._take(_EMPTY_BRACKETS)
        self.newlines()
        self._part = "body"
        body = self._item()
        compound.lists.append(("body", [body]))
        if not isinstance(body, Compound):
            raise Unreadable
        self.at = body.end
