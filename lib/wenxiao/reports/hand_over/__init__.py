"""The hand-over of one edition: what is given to the client and what stays in the files, made from one `Delivery`."""
