"""(first version)"""
def find_control(doc, drafts):
    return ()
