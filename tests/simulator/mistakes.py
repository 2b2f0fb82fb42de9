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
    # of texts, the network and guests
    LATER_TEXT_WINS = "of two texts that are written at once the later replaces the earlier"
    SAME_PLACE_CLASHES = "two who only add, at the same place, count as clashing"
    FINER_THAN_SPACES = "texts are joined by characters: 09:30 to 10:30 and to 09:45 is 10:45"
    CHOICE_OVERWRITES = "who keeps both of two versions puts them over what was written since"
    READ_AHEAD = "others' words count as read, though they did not come into the box"
    PROXY_ENDS_BOARD = "a 403 of a proxy ends the board"
    ONE_HOLDS_UP_ALL = "an op that something on the way does not let through is sent again for ever"
    REFUSED_WORDS_DROPPED = "the words of an op that is refused are forgotten"
    ARCHIVE_DROPS_WORDS = "a box closes with its words when the board is archived"
    REMOVAL_DROPS_WORDS = "a box closes with its words when its card is removed"
    RELOAD_DROPS_WORDS = "what is typed and not sent is gone when the page is loaded anew"
    LAPSE_FORGETS_QUEUE = "what a guest had not sent goes when their time is over"
    KEPT_WITHOUT_OWNER = "what a browser keeps goes to whoever sits there next"
    # of workshops
    REVEAL_WITHOUT_TOUCH = "a reveal does not touch what it shows"
    FACILITATOR_READS_ALL = "a facilitator is sent what is not revealed"
    LATE_NOTE_SHOWN = "a late note goes under the promise of the present phase"
    # of horizons
    RESUME_ACROSS_A_HORIZON = "a client goes on from before what was cleared away"
    FORGOTTEN_IS_SILENT = "an op whose answer is no longer kept is not answered at all"
