"""The directory as open data by Open Referral UK 3.0. See docs/decisions/0022-open-referral.md."""
