import { grammar } from 'ohm-js';

/**
 * The search language. Which names, values and operators go together is not said here but in compile-term.ts, which can
 * explain itself better than a failed parse. Descriptions in parentheses are what errors list as expected.
 */
export const searchGrammar = grammar(String.raw`
  ThawSearch {
    Search     = Or?
    Or         = And (or And)*
    And        = Negation (and? Negation)*
    Negation   = not* Primary
    Primary    = "(" Or ")"  -- group
               | Condition
    Condition  = Operand membership "(" ListOf<Value, ","> ")"  -- among
               | Operand exists                              -- exists
               | Operand comparison Value                    -- compare
               | text

    Operand    = statistic "(" path ")"  -- statistic
               | path

    Value      = quoted
               | relative
               | bare

    statistic  = (caseInsensitive<"max"> | caseInsensitive<"min"> | caseInsensitive<"last">) &(space* "(")
    path       (a field, metric or config value) = prefix (quoted | backquoted)  -- prefixed
               | quoted &beforeOperator           -- quoted
               | backquoted
               | ~reserved word
    beforeOperator = space* (comparison | membership | exists)
    prefix     = (caseInsensitive<"metric."> | caseInsensitive<"config."> | caseInsensitive<"params."> | caseInsensitive<"param.">) &("\"" | "'" | "${'`'}")
    word       = (letter | "_") wordPart*
    wordPart   = alnum | "_" | "/" | "." | "-" | "@" | "%" | "#" | "$"

    comparison (an operator) = ">=" | "<=" | "!=" | "==" | "=" | ">" | "<" | ":" | "!~" | "~"
               | negated? (caseInsensitive<"contains"> | caseInsensitive<"has">) ~wordPart  -- word
    membership (an operator) = negated? caseInsensitive<"in"> ~wordPart
    exists     (an operator) = caseInsensitive<"exists"> ~wordPart
    negated    = caseInsensitive<"not"> space+

    text       (text in quotes) = quoted
    quoted     = "\"" (escaped | ~"\"" any)* "\""  -- double
               | "'" (escaped | ~"'" any)* "'"     -- single
    backquoted = "${'`'}" (escaped | ~"${'`'}" any)* "${'`'}"
    escaped    = "\\" any
    relative   (a value) = digit bareChar* space+ caseInsensitive<"ago"> ~wordPart
    bare       (a value) = ~reserved ~operatorChar bareChar+
    bareChar   = ~(space | "(" | ")" | "," | "\"" | "'" | "${'`'}") any
    operatorChar = "=" | "!" | "<" | ">" | "~" | ":"

    reserved   = (caseInsensitive<"and"> | caseInsensitive<"or"> | caseInsensitive<"not">) ~bareChar
    or         (or)  = caseInsensitive<"or"> ~wordPart
    and        (and) = caseInsensitive<"and"> ~wordPart
    not        (not) = caseInsensitive<"not"> ~wordPart
  }
`);
