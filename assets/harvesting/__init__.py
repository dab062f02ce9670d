"""Other directories' feeds in, as drafts of ours: all of a reading or nothing, told in words.

`asking` opens an address safely, `pages` and `files` find the services in what comes, `spool` keeps
them until all have come, `plain` believes nothing, `rows` says a service as a row of a spreadsheet.
From there on it is a load as any other, by `assets.importing`; `careful` leaves alone what is no
longer theirs, `gone` takes away what they have no longer, and `reading` does one after the other.
"""
