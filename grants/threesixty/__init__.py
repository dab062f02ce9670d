"""360Giving 1.4, the standard in which funders publish their grants: in, out, and checked.

Source: https://standard.threesixtygiving.org/en/1.4.3/
"""
