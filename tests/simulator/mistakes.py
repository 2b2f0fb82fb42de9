"""The mistakes that have killed systems like this one: each can be made here, and must be caught."""

from enum import StrEnum


class Mistake(StrEnum):
    NO_DEDUPLICATION = "the same (client, n) is done again when it comes again"
    ACK_BEFORE_COMMIT = "the answer leaves before the commit has returned"
    REFUSAL_KEEPS_N = "a refusal does not use up its n"
    PUBLISH_WITHOUT_TOUCH = "showing a draft does not touch what it shows"
    AUDIENCE_WITHOUT_RECHECK = "who sees more or less than before goes on from where they were"
    RESUME_ACROSS_A_CHANGE = "a client goes on from its cursor though it may see other things now"
    HIDDEN_SKIPPED = "what is hidden moves the server's cursor of a session, but not the client's"
    LATE_SUBSCRIPTION = "a session follows only some time after it was given its snapshot"
    QUEUE_DROPPED = "a client forgets what it has not sent when its connection goes"
    CLOSED_BY_PERSON = "a late close ends all connections of the person"
    OPEN_FILTER = "where what a viewer may see cannot be found out, everything is sent"
    EARLY_BOARD = "the board in memory is changed before the commit"
    NO_ECHO = "the sender is not sent what it changed itself"
    REFUSED_BEHIND = "a process that is behind refuses what was right, or answers before it has the effect"
