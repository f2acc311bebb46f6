"""(first version)"""
def find_presence(doc, drafts):
    return ()
