"""Pages of the approver (*duyệt*)."""
